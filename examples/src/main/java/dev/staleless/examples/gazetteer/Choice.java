package dev.staleless.examples.gazetteer;

/** A code and the name it stands for. */
record Choice(String code, String name) {}
