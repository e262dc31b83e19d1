package dev.staleless.core.protocol;

/**
 * A change of the schema that may be made: a barrier is in force, so no node serves, and every transaction that commits
 * reports everything. It ends once.
 */
public interface SchemaChange {

    /**
     * What was sent has ended.
     *
     * @param answered whether the database said so; otherwise the barrier stays until the session is known to have ended
     */
    void ended(boolean answered);
}
