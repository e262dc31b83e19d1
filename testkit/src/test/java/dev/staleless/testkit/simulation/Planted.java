package dev.staleless.testkit.simulation;

/** A bug that is planted, and where it has to be found. Its text says what is wrong. */
interface Planted extends Bugs {

    Scenario scenario();
}
