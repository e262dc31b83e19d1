package dev.staleless.core.changelog;

import java.util.UUID;

/**
 * A position in a log: the newest element at the time of reading, and the server that was asked.
 *
 * @param element unique id of the element
 * @param server ids of the server behind the connection that read it; an offset read from another server, or from the same
 *     one after a restart or a change of role, is never equal
 */
public record Offset(UUID element, String server) {}
