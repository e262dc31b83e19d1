package dev.staleless.hibernate;

import dev.staleless.jdbc.framework.StatementOrigin;
import java.lang.reflect.Method;
import java.util.Map;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.spi.SqmQuery;
import org.jspecify.annotations.Nullable;

/**
 * A query whose hints are heard, and whose statements the cache knows by its text. Whatever its methods send is sent for it; those that
 * set something send nothing. As a query, not safe for several threads.
 */
final class ObservedQuery extends Observed<CommonQueryContract> {

    private QueryHints hints;
    private @Nullable String text;

    ObservedQuery(CommonQueryContract query, Observation observation, QueryHints hints) {
        super(query, observation);
        this.hints = hints;
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] args) throws Exception {
        String name = method.getName();
        if (name.equals("setHint") && args.length == 2 && args[0] instanceof String hint) {
            hints = hints.with(hint, args[1]);
            return QueryHints.isOurs(hint) ? target : super.call(proxy, method, args);
        } else if (name.equals("setCacheable") && args.length == 1) {
            hints = hints.with(QueryHints.CACHEABLE, args[0]);
        } else if (name.equals("getHints") && super.call(proxy, method, args) instanceof Map<?, ?> theirs) {
            return hints.among(theirs);
        }
        if (name.startsWith("set") || name.startsWith("add") || name.equals("unwrap")) {
            return super.call(proxy, method, args);
        }
        return new StatementOrigin(text(), hints.wish())
                .<@Nullable Object, Exception>call(() -> super.call(proxy, method, args));
    }

    private @Nullable String text() {
        if (text == null) {
            text = describe();
        }
        return text;
    }

    /** HQL, also of a query that was built by criteria; SQL of a native one. */
    @SuppressWarnings("rawtypes") // in one of the lines of Hibernate it has no parameter
    private @Nullable String describe() {
        try {
            if (target instanceof SqmQuery query) {
                String asked = query.getQueryString();
                return asked == null || asked.startsWith("<")
                        ? query.getSqmStatement().toHqlString()
                        : asked;
            }
            return target instanceof org.hibernate.query.Query<?> query ? query.getQueryString() : null;
        } catch (RuntimeException e) {
            return null; // it is only shown
        }
    }
}
