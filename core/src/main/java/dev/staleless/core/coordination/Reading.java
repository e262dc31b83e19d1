package dev.staleless.core.coordination;

import dev.staleless.core.catalog.TableName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the state as a node applied it. Immutable.
 *
 * @param node id of the registering under which it was read
 * @param database random id of the database
 * @param incarnation the recorded one
 * @param serving whether results may be served by it: no barrier is open and the database is the recorded incarnation
 * @param reportEverything whether a DDL barrier is open: a commit then reports everything
 * @param settled whether the recorded incarnation is the live one, and old enough for anything to be in force. While it is
 *     not, names may be missing from the directory that other nodes still use
 * @param inForce every change up to this version is known to be in force; 0 if none is
 */
public record Reading(
        UUID node,
        UUID database,
        String incarnation,
        long version,
        UUID epoch,
        long schemaVersion,
        boolean serving,
        boolean reportEverything,
        boolean settled,
        Directory directory,
        long inForce) {

    /** The table's entry if a reader may use it: it is in the directory, and that is in force; null otherwise. */
    public Directory.@Nullable Entry inForce(TableName table) {
        Directory.Entry entry = directory.entries().get(table);
        return entry != null && entry.generation() <= inForce ? entry : null;
    }
}
