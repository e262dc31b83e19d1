package dev.staleless.benchmarks.differential;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.QueryTemplate;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A bug that is put in on purpose; each part may leave its argument alone.
 *
 * @param query the text that is analysed instead of the one that is executed
 * @param template what the analysis of a query said
 * @param events what the analysis of a change said
 * @param rows what is known of the cached rows
 */
record Fault(
        String name,
        UnaryOperator<String> query,
        UnaryOperator<QueryTemplate> template,
        UnaryOperator<List<ChangeEvent>> events,
        UnaryOperator<CachedRows> rows) {

    static final Fault NONE = new Fault(
            "none",
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity());

    static Fault inQuery(String name, UnaryOperator<String> change) {
        return new Fault(name, change, UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    static Fault inTemplate(String name, UnaryOperator<QueryTemplate> change) {
        return new Fault(name, UnaryOperator.identity(), change, UnaryOperator.identity(), UnaryOperator.identity());
    }

    static Fault inEvents(String name, UnaryOperator<List<ChangeEvent>> change) {
        return new Fault(name, UnaryOperator.identity(), UnaryOperator.identity(), change, UnaryOperator.identity());
    }

    static Fault inRows(String name, UnaryOperator<CachedRows> change) {
        return new Fault(name, UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), change);
    }

    @Override
    public String toString() {
        return name;
    }
}
