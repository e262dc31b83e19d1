package dev.staleless.hibernate;

import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * What the cache does for the entities and the queries of a session factory, counted since it was made. Safe for any thread.
 *
 * <p>A query is named by its HQL, or by its SQL where it is a native one, or is not asked by a query but by {@code find} or an
 * association that is loaded. What a query loads besides counts for it.
 */
public interface HibernateCacheStatistics {

    /** How many queries are told apart; what is asked besides is counted together. */
    int MAX_QUERIES = 1000;

    /** By the name of the entity whose tables were read. A query on several counts for each. */
    Map<String, QueryCounts> byEntity();

    /** By the text of the query. */
    Map<String, QueryCounts> byQuery();

    /**
     * Those of a session factory.
     *
     * @throws IllegalStateException if its data source is not wrapped, or {@code staleless.hibernate.statistics} is false
     */
    static HibernateCacheStatistics of(EntityManagerFactory factory) {
        QueryCounter counter = CounterRegistry.get(
                factory.unwrap(SessionFactoryImplementor.class).getUuid());
        if (counter == null) {
            throw new IllegalStateException(
                    "Nothing is counted: the session factory's data source has to be wrapped by Staleless, and"
                            + " staleless.hibernate.statistics not to be false");
        }
        return counter;
    }
}
