package dev.staleless.hibernate;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSessionBuilder;
import org.hibernate.query.CommonQueryContract;
import org.jspecify.annotations.Nullable;

/** What is observed of one session factory: its sessions, and their queries. Safe for any thread. */
final class Observation {

    private final NamedQueryHints named;
    private volatile @Nullable SessionFactory factory;
    private volatile @Nullable SessionFactory observed;

    Observation(NamedQueryHints named) {
        this.named = named;
    }

    /** What stands before the session factory. */
    SessionFactory factory(SessionFactory built) {
        SessionFactory before = Observed.as(SessionFactory.class, new ObservedFactory(built, this));
        factory = built;
        observed = before;
        return before;
    }

    NamedQueryHints named() {
        return named;
    }

    /** What is handed out for an object of Hibernate. */
    Object weave(Object result) {
        if (Observed.behind(result) != result) {
            return result;
        } else if (result instanceof SharedSessionContract session) {
            return Observed.as(SharedSessionContract.class, new ObservedSession(session, this, QueryHints.NONE));
        } else if (result instanceof CommonQueryContract query) {
            return Observed.as(CommonQueryContract.class, new ObservedQuery(query, this, QueryHints.NONE));
        } else if (result instanceof SessionBuilder || result instanceof StatelessSessionBuilder) {
            return Observed.as(Object.class, new Observed<>(result, this));
        }
        SessionFactory before = observed;
        return result == factory && before != null ? before : result;
    }

    /** Work that is handed in gets what would be handed out. */
    @SuppressWarnings({"unchecked", "NullAway"}) // of the application's type; nulls go through it as they are
    @Nullable
    Object handedIn(@Nullable Object argument) {
        if (argument instanceof Consumer<?> work) {
            return (Consumer<@Nullable Object>) given -> ((Consumer<@Nullable Object>) work).accept(wovenOrNull(given));
        } else if (argument instanceof Function<?, ?> work) {
            return (Function<@Nullable Object, @Nullable Object>)
                    given -> ((Function<@Nullable Object, @Nullable Object>) work).apply(wovenOrNull(given));
        }
        return argument;
    }

    private @Nullable Object wovenOrNull(@Nullable Object given) {
        return given == null ? null : weave(given);
    }

    /** The hints among settings that are handed in with a call. */
    static QueryHints hints(@Nullable Object[] args) {
        QueryHints hints = QueryHints.NONE;
        for (Object arg : args) {
            if (arg instanceof Map<?, ?> map) {
                hints = hints.withAll(map);
            }
        }
        return hints;
    }
}
