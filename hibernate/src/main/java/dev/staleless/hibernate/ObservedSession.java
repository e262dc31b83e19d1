package dev.staleless.hibernate;

import dev.staleless.jdbc.framework.CacheWish;
import dev.staleless.jdbc.framework.StatementOrigin;
import java.lang.reflect.Method;
import java.util.Set;
import org.hibernate.SharedSessionContract;
import org.hibernate.query.CommonQueryContract;
import org.jspecify.annotations.Nullable;

/**
 * A session whose queries are observed. Hints among its own properties hold for all that it reads, those handed in with one call, such
 * as {@code find}, for that. As a session, not safe for several threads.
 */
final class ObservedSession extends Observed<SharedSessionContract> {

    private static final Set<String> OF_NAMED_QUERIES = Set.of(
            "createNamedQuery",
            "createNamedSelectionQuery",
            "createNamedMutationQuery",
            "getNamedQuery",
            "getNamedNativeQuery");

    private QueryHints hints;

    ObservedSession(SharedSessionContract session, Observation observation, QueryHints hints) {
        super(session, observation);
        this.hints = hints;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] args) throws Exception {
        if (method.getName().equals("setProperty") && args.length == 2 && args[0] instanceof String name) {
            hints = hints.with(name, args[1]);
        }
        CacheWish wish = Observation.hints(args).over(hints).wish();
        Object result = wish.kind() == CacheWish.Kind.UNSAID
                ? super.call(proxy, method, args)
                : new StatementOrigin(null, wish)
                        .<@Nullable Object, Exception>call(() -> super.call(proxy, method, args));
        return result instanceof CommonQueryContract query ? query(query, method, args) : result;
    }

    private Object query(CommonQueryContract query, Method method, @Nullable Object[] args) {
        QueryHints said = hints;
        Object first = args.length == 0 ? null : args[0];
        if (OF_NAMED_QUERIES.contains(method.getName()) && first instanceof String name) {
            said = observation.named().of(name).over(hints);
        } else if (first != null && !(first instanceof String)) {
            said = observation.named().ofReference(first).over(hints);
        }
        return Observed.as(CommonQueryContract.class, new ObservedQuery(query, observation, said));
    }
}
