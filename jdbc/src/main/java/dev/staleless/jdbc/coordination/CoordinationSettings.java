package dev.staleless.jdbc.coordination;

import java.time.Duration;

/**
 * How the coordination tables are found and used.
 *
 * @param schema the schema they stand in, the same for every node of a namespace
 * @param namespace nodes of one namespace share what they cache; 1 to 64 characters
 * @param create whether missing tables are created
 * @param alone whether this node's store is its own, so that no other node may be registered beside it
 * @param timeout after which a statement that has not been answered has failed; at least a second
 * @param dialect of the database they stand in
 * @param advisoryLocks whether transactions lock barriers by advisory locks instead of the barriers' rows (PostgreSQL): that needs
 *     no right on the tables, and works in read-only transactions and with snapshots older than the barrier. Nodes may differ
 */
public record CoordinationSettings(
        String schema,
        String namespace,
        boolean create,
        boolean alone,
        Duration timeout,
        CoordinationDialect dialect,
        boolean advisoryLocks) {

    /**
     * The schema's default name: one of its own. In {@code public} the tables would be in the way of migration tools, which
     * refuse a schema that is not empty at their first run and empty it when told to clean.
     */
    public static final String DEFAULT_SCHEMA = "staleless";

    /** The default time-out: well below a watch lease. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_NAMESPACE = 64;

    public CoordinationSettings {
        if (namespace.isEmpty() || namespace.length() > MAX_NAMESPACE) {
            throw new IllegalArgumentException(
                    "namespace = '" + namespace + "': 1 to " + MAX_NAMESPACE + " characters are allowed");
        }
        if (schema.isEmpty()) {
            throw new IllegalArgumentException("coordinationSchema = '': a schema's name is needed");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("coordinationTimeout = " + timeout + ": a second or more is allowed");
        }
        if (advisoryLocks && dialect != CoordinationDialect.POSTGRESQL) {
            throw new IllegalArgumentException(
                    "advisoryLocks = true: only PostgreSQL has such locks, and the database is " + dialect);
        }
    }

    /** Settings for PostgreSQL, until {@link #in} says otherwise. */
    public CoordinationSettings(String schema, String namespace, boolean create, boolean alone, Duration timeout) {
        this(schema, namespace, create, alone, timeout, CoordinationDialect.POSTGRESQL, false);
    }

    /** The same settings in a database of this dialect. */
    public CoordinationSettings in(CoordinationDialect other) {
        return new CoordinationSettings(schema, namespace, create, alone, timeout, other, advisoryLocks);
    }

    /**
     * The same settings for tables elsewhere.
     *
     * @param product the database's name for itself
     * @throws IllegalArgumentException if it is none of the databases that they can stand in
     */
    public CoordinationSettings in(String otherSchema, String product) {
        return new CoordinationSettings(
                otherSchema, namespace, create, alone, timeout, CoordinationDialect.named(product), advisoryLocks);
    }

    /** The same settings with barriers locked that way. */
    public CoordinationSettings withAdvisoryLocks(boolean value) {
        return new CoordinationSettings(schema, namespace, create, alone, timeout, dialect, value);
    }

    /** Default schema and time-out, tables created where missing, other nodes allowed. */
    public static CoordinationSettings of(String namespace) {
        return new CoordinationSettings(DEFAULT_SCHEMA, namespace, true, false, DEFAULT_TIMEOUT);
    }
}
