package dev.staleless.spring;

import dev.staleless.jdbc.computed.ComputationGuard;
import jakarta.persistence.EntityManager;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows of the entities that this thread's persistence contexts hold. A method that finds one of them there asks no query, so what it
 * returns is not kept; and one that has changed some of them has to see that, so it is not served.
 */
final class PersistenceContextGuard implements ComputationGuard {

    @Override
    public @Nullable String barsKeeping() {
        for (Object resource : resources().values()) {
            if (resource instanceof EntityManagerHolder holder && isFilled(holder.getEntityManager())) {
                return "the persistence context holds entities from before";
            }
        }
        return null;
    }

    @Override
    public @Nullable String barsServing() {
        for (Object resource : resources().values()) {
            if (resource instanceof EntityManagerHolder holder && isChanged(holder.getEntityManager())) {
                return "the persistence context holds changes that are not flushed";
            }
        }
        return null;
    }

    private static Map<Object, Object> resources() {
        return TransactionSynchronizationManager.getResourceMap();
    }

    private static boolean isFilled(EntityManager manager) {
        Session session = session(manager);
        return session == null || session.getStatistics().getEntityCount() > 0;
    }

    private static boolean isChanged(EntityManager manager) {
        Session session = session(manager);
        return session == null
                || session.getStatistics().getEntityCount() > 0 && !session.isDefaultReadOnly() && session.isDirty();
    }

    private static @Nullable Session session(EntityManager manager) {
        try {
            return manager.isOpen() ? manager.unwrap(Session.class) : null;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
