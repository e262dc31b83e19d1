package dev.staleless.redis;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.core.store.near.NearStore;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The store on a Redis or Valkey server, shared by all nodes that use the same database and namespace. Needs a primary that
 * shows its run id and replication id; standalone, behind Sentinel, or in a Cluster. Works from Redis 6.2; any eviction policy is safe.
 *
 * <p>Immutable, safe for any thread. Nothing is connected before {@link #open}; each store opened has connections of its own.
 */
public final class RedisStore implements StoreProvider {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{0,64}");

    private final Options options;

    private RedisStore(Options options) {
        this.options = options;
    }

    /**
     * A store with the defaults of {@link #builder}.
     *
     * @param uri {@code redis://user:password@host:port/database}, {@code rediss://} for TLS, {@code
     *     redis-sentinel://host:port,host:port#master}, {@code redis-cluster://host:port,host:port} for a Cluster (some of its servers
     *     are enough), {@code rediss-cluster://} for one with TLS
     * @throws IllegalArgumentException if it is none of these
     */
    public static RedisStore connect(String uri) {
        return builder(uri).build();
    }

    /** Options, with their defaults; see {@link #connect} for the URI. */
    public static Builder builder(String uri) {
        return new Builder(uri);
    }

    @Override
    public boolean shared() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the namespace is not of 1 to 64 letters, digits, dots, dashes and underscores
     */
    @Override
    public Store open(UUID database, String namespace) {
        if (!NAME.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "namespace must be 1 to 64 letters, digits, '.', '_' or '-': \"" + namespace + '"');
        }
        Keys keys = new Keys(options.prefix(), namespace, database);
        Connections connections = new Connections(options);
        try {
            connections.connect();
            ConnectedStore store = new ConnectedStore(keys, connections, options);
            NearSettings near = options.near();
            return near == null ? store : NearStore.before(store, near, Clock.system());
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** Options of a {@link RedisStore}. A value that makes no sense is refused at once. Not safe for several threads. */
    public static final class Builder {

        private static final int MOST_CONNECTIONS = 64;

        private static final Duration LONGEST = Duration.ofDays(3_650);

        private static final String CLUSTER = "redis-cluster://";

        private static final String SECURE_CLUSTER = "rediss-cluster://";

        private final String uri;
        private @Nullable Path trusted;
        private String prefix = "sl:";
        private Duration timeout = Duration.ofSeconds(2);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration maxEntryTtl = Duration.ofDays(1);
        private Duration checkInterval = Duration.ofSeconds(2);
        private int keptElements = 128;
        private int keptTableElements = 1024;
        private int readConnections = 1;
        private @Nullable NearSettings near;

        private Builder(String uri) {
            parse(uri);
            this.uri = uri;
        }

        /** What the names of all keys begin with; {@code sl:} if not set. */
        public Builder prefix(String text) {
            if (!PREFIX.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "prefix must be at most 64 letters, digits, '.', '_', '-' or ':': \"" + text + '"');
            }
            prefix = text;
            return this;
        }

        /** A file of certificates in PEM that a server reached by TLS may show; those that Java trusts if not set. */
        public Builder trustedCertificates(Path file) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("trustedCertificates must be a file that can be read: " + file);
            }
            trusted = file;
            return this;
        }

        /** How long the answers to one pipeline may take; 2 s if not set. A call takes one, sometimes two. */
        public Builder timeout(Duration duration) {
            timeout = positive("timeout", duration);
            return this;
        }

        /** How long it may take to connect, log in and read the server's ids; 5 s if not set. */
        public Builder connectTimeout(Duration duration) {
            connectTimeout = positive("connectTimeout", duration);
            return this;
        }

        /**
         * The longest time to live of an entry; longer ones are cut to it. Logs live twice as long and a minute; 1 day if
         * not set.
         */
        public Builder maxEntryTtl(Duration duration) {
            maxEntryTtl = positive("maxEntryTtl", duration);
            return this;
        }

        /** How often the ids of the server are compared with those that were read at the beginning; 2 s if not set. */
        public Builder checkInterval(Duration duration) {
            checkInterval = positive("checkInterval", duration);
            return this;
        }

        /**
         * Elements kept in a log, and up to a quarter more before it is trimmed; 128 if not set, and 1,024 for the log that receives
         * every event of a table.
         */
        public Builder keptElements(int partition, int table) {
            keptElements = atLeastOne("keptElements.partition", partition, Integer.MAX_VALUE);
            keptTableElements = atLeastOne("keptElements.table", table, Integer.MAX_VALUE);
            return this;
        }

        /** Connections for reading, beside one for reports and one for publishing; 1 if not set. */
        public Builder readConnections(int number) {
            readConnections = atLeastOne("readConnections", number, MOST_CONNECTIONS);
            return this;
        }

        /**
         * Whether results are also kept in the process, as {@link NearSettings#DEFAULTS} say; they are not if not set. See {@link
         * #near(NearSettings)}.
         */
        public Builder near(boolean on) {
            near = on ? NearSettings.DEFAULTS : null;
            return this;
        }

        /**
         * Keeps results in the process too: a hit whose logs are known not to have changed asks nobody. It weakens what is promised
         * between nodes: another node's commit is seen as soon as the server tells of it, and no later than {@link
         * NearSettings#bound()} after it returned; this node's own are seen at once. Not on a Cluster.
         */
        public Builder near(NearSettings settings) {
            near = settings;
            return this;
        }

        public RedisStore build() {
            List<RedisURI> parsed = parse(uri);
            if (near != null && isCluster(uri)) {
                throw new IllegalArgumentException(
                        "near = on: a Redis Cluster has no near cache, near = off is allowed");
            }
            for (RedisURI each : parsed) {
                each.setTimeout(connectTimeout);
                each.getSentinels().forEach(sentinel -> sentinel.setTimeout(connectTimeout));
            }
            return new RedisStore(new Options(
                    parsed,
                    isCluster(uri),
                    trusted,
                    prefix,
                    timeout,
                    connectTimeout,
                    maxEntryTtl,
                    checkInterval,
                    keptElements,
                    keptTableElements,
                    readConnections,
                    near));
        }

        private static boolean isCluster(String text) {
            return text.startsWith(CLUSTER) || text.startsWith(SECURE_CLUSTER);
        }

        private static List<RedisURI> parse(String text) {
            try {
                if (!isCluster(text)) {
                    return List.of(RedisURI.create(text));
                }
                URI seeds = URI.create(text.replaceFirst("-cluster", ""));
                List<RedisURI> uris = RedisClusterURIUtil.toRedisURIs(seeds);
                if (uris.isEmpty() || !List.of("", "/", "/0").contains(String.valueOf(seeds.getPath()))) {
                    throw new IllegalArgumentException("no server, or another database than 0, the only one");
                }
                return uris;
            } catch (IllegalArgumentException e) {
                // Neither the text nor the cause is shown: both may hold a password.
                throw new IllegalArgumentException("uri must be redis://host:port/database, rediss://host:port (TLS),"
                        + " redis-sentinel://host:port,host:port#master, redis-cluster://host:port,host:port or"
                        + " rediss-cluster://host:port,host:port, with user:password@ before the host if needed");
            }
        }

        private static Duration positive(String name, Duration value) {
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name + " must be from 1 ms to 10 years: " + value);
            }
            return value;
        }

        private static int atLeastOne(String name, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(name + " must be from 1 to " + most + ": " + value);
            }
            return value;
        }
    }
}
