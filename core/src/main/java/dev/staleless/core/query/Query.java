package dev.staleless.core.query;

import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A query as it is executed: its template and the values of its parameters. Immutable, safe for any thread. */
public final class Query {

    private final QueryTemplate template;
    private final String sql;
    private final Parameters parameters;
    private final int maxRows;
    private volatile List<Object> derived = List.of();

    /**
     * @param sql normalised text, for explanations
     */
    public Query(QueryTemplate template, String sql, Parameters parameters) {
        this(template, sql, parameters, 0);
    }

    /**
     * @param sql normalised text, for explanations
     * @param maxRows the most rows that the caller takes; 0 for all
     */
    public Query(QueryTemplate template, String sql, Parameters parameters, int maxRows) {
        this.maxRows = maxRows;
        this.template = template;
        this.sql = sql;
        this.parameters = parameters;
    }

    public QueryTemplate template() {
        return template;
    }

    /** Normalised text, for explanations. */
    public String sql() {
        return sql;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** The most rows that the caller takes, whatever the statement says; 0 for all. */
    public int maxRows() {
        return maxRows;
    }

    /**
     * What was made from this query before, kept with it, since it is worth making once only. Two threads may make it at the same
     * time; the later one is kept, or neither.
     *
     * @param type class of what is made: a function of this query alone, safe for any thread
     */
    public <T> T derived(Class<T> type, Function<? super Query, ? extends T> make) {
        List<Object> kept = derived;
        for (int i = 0; i < kept.size(); i++) {
            if (type.isInstance(kept.get(i))) {
                return type.cast(kept.get(i));
            }
        }
        T made = make.apply(this);
        List<Object> more = new ArrayList<>(kept);
        more.add(made);
        derived = List.copyOf(more);
        return made;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Query query
                && template.equals(query.template)
                && sql.equals(query.sql)
                && maxRows == query.maxRows
                && parameters.asList().equals(query.parameters.asList());
    }

    @Override
    public int hashCode() {
        return Objects.hash(template, sql, parameters.asList());
    }

    @Override
    public String toString() {
        return "Query[" + sql + ", " + parameters + "]";
    }
}
