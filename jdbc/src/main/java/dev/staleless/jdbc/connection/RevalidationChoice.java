package dev.staleless.jdbc.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.query.Revalidation;
import dev.staleless.jdbc.policy.Revalidate;

/** Chooses, query by query, whether it pays to ask the database about results that are in doubt. Safe for any thread. */
final class RevalidationChoice {

    private final Revalidate setting;

    /** By identity: the analyser remembers one for a text. */
    private final Cache<Revalidation, History> histories =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    RevalidationChoice(Revalidate setting) {
        this.setting = setting;
    }

    /** What became of a query and of the inquiries about its results. */
    static final class History {

        /** So many are tried before it is judged by them. */
        private static final int FIRST = 4;

        /** Where it does not pay, one of so many is tried all the same: it may have come to pay. */
        private static final int RARELY = 32;

        /** What is saved beside the time: the database looks for rows by keys instead of making the whole result. */
        private static final int WORTH = 2;

        /** Within a transaction a savepoint is set and released around an inquiry. */
        private static final int ROUND_TRIPS_WITHIN = 3;

        private static final double WEIGHT = 0.2;

        private double query;
        private double inquiry;
        private double settled = 1;
        private long asked;
        private long passed;
        private boolean failed;

        synchronized boolean pays(boolean inTransaction) {
            if (failed) {
                return false;
            }
            double cost = inquiry * (inTransaction ? ROUND_TRIPS_WITHIN : 1);
            boolean pays = asked < FIRST || query == 0 || cost <= WORTH * settled * query;
            return pays || ++passed % RARELY == 0;
        }

        synchronized void queried(long nanos) {
            query = query == 0 ? nanos : mean(query, nanos);
        }

        synchronized void asked(long nanos, boolean answer) {
            asked++;
            inquiry = inquiry == 0 ? nanos : mean(inquiry, nanos);
            settled = mean(settled, answer ? 1 : 0);
        }

        /** The database refuses it: it is not asked again. */
        synchronized void failed() {
            failed = true;
        }

        synchronized boolean hasFailed() {
            return failed;
        }

        private static double mean(double before, double now) {
            return before + WEIGHT * (now - before);
        }
    }

    History history(Revalidation revalidation) {
        return histories.get(revalidation, one -> new History());
    }

    boolean choose(History history, boolean inTransaction) {
        return switch (setting) {
            case NEVER -> false;
            case ALWAYS -> !history.hasFailed();
            case AUTO -> history.pays(inTransaction);
        };
    }
}
