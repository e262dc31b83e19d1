package dev.staleless.benchmarks.fuzz;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.QueryTemplate;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A bug that is put in on purpose; each part may leave its argument alone.
 *
 * @param query the text that is analysed instead of the one that is executed
 * @param template what the analysis of a query said
 * @param events what the analysis of a change said
 */
record Fault(
        String name,
        UnaryOperator<String> query,
        UnaryOperator<QueryTemplate> template,
        UnaryOperator<List<ChangeEvent>> events) {

    static final Fault NONE =
            new Fault("none", UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());

    static Fault inQuery(String name, UnaryOperator<String> change) {
        return new Fault(name, change, UnaryOperator.identity(), UnaryOperator.identity());
    }

    static Fault inTemplate(String name, UnaryOperator<QueryTemplate> change) {
        return new Fault(name, UnaryOperator.identity(), change, UnaryOperator.identity());
    }

    static Fault inEvents(String name, UnaryOperator<List<ChangeEvent>> change) {
        return new Fault(name, UnaryOperator.identity(), UnaryOperator.identity(), change);
    }

    @Override
    public String toString() {
        return name;
    }
}
