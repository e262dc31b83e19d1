package dev.staleless.hibernate;

import java.lang.reflect.Method;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.jspecify.annotations.Nullable;

/** A session factory whose sessions are observed. */
final class ObservedFactory extends Observed<SessionFactory> {

    ObservedFactory(SessionFactory factory, Observation observation) {
        super(factory, observation);
    }

    /** Settings with which an entity manager is made hold for all that it does. */
    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] args) throws Exception {
        Object result = super.call(proxy, method, args);
        QueryHints hints = Observation.hints(args);
        return hints.areNone() || !(result instanceof SharedSessionContract session)
                ? result
                : Observed.as(SharedSessionContract.class, new ObservedSession(session, observation, hints));
    }
}
