package dev.staleless.benchmarks.differential;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.jdbc.key.BoundValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How simpler caches decide, to compare with. Each is told the very rows that a write changed, before and after, so that it
 * looks better here than where it has to guess them.
 */
enum SimplePolicy {
    /** A write drops every result that reads one of its tables. */
    BY_TABLE("drop by table") {
        @Override
        boolean drops(Query query, ChangedRow changed) {
            return true;
        }
    },
    /** A write drops what is read by the key of a row that it changes, and every other result that reads its tables. */
    BY_KEY("drop by primary key") {
        @Override
        boolean drops(Query query, ChangedRow changed) {
            List<TableUse> uses = query.template().uses();
            List<String> key = changed.table().primaryKey();
            if (uses.size() > 1 || !uses.get(0).pins().keySet().containsAll(key)) {
                return true;
            }
            return SimplePolicy.fits(query, uses.get(0), key, changed.before())
                    || SimplePolicy.fits(query, uses.get(0), key, changed.after());
        }
    },
    /**
     * A write drops the results whose equalities and short IN lists on the columns of the query's first table its rows satisfy,
     * before or after; filters on joined tables do not narrow anything.
     */
    BY_EQUALITIES("drop by equalities on the table itself") {
        @Override
        boolean drops(Query query, ChangedRow changed) {
            TableUse first = query.template().uses().get(0);
            for (TableUse use : query.template().uses()) {
                if (use.table().equals(changed.table().name()) && use.index() != first.index()) {
                    return true;
                }
            }
            List<String> columns = List.copyOf(first.pins().keySet());
            return SimplePolicy.fits(query, first, columns, changed.before())
                    || SimplePolicy.fits(query, first, columns, changed.after());
        }
    };

    /** Longer IN lists do not narrow. */
    private static final int SHORT = 8;

    private final String title;

    SimplePolicy(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * Whether a result is dropped.
     *
     * @param changed a row of a table that the query reads
     */
    abstract boolean drops(Query query, ChangedRow changed);

    boolean drops(Query query, List<ChangedRow> changes) {
        for (ChangedRow changed : changes) {
            if (query.template().tables().contains(changed.table().name()) && drops(query, changed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Query query, TableUse use, List<String> columns, @Nullable Map<String, Object> row) {
        if (row == null) {
            return false;
        }
        for (String column : columns) {
            TableUse.Pin pin = use.pins().get(column);
            if (pin != null && pin.values().size() <= SHORT && !isOneOf(query, pin, row.get(column))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneOf(Query query, TableUse.Pin pin, @Nullable Object value) {
        BoundValue bound = BoundValue.of("setObject", value, null);
        Object stored = bound == null ? null : bound.canonical();
        if (bound == null || stored == Parameters.OPAQUE) {
            return true;
        }
        Object canonical = stored == null ? null : Values.canonical(pin.type(), stored);
        for (Operand operand : pin.values()) {
            Object constant = operand instanceof Operand.Literal literal
                    ? literal.value()
                    : operand instanceof Operand.Parameter parameter
                            ? query.parameters().get(parameter.index())
                            : Parameters.OPAQUE;
            Object wanted = constant == null || constant == Parameters.OPAQUE
                    ? constant
                    : Values.canonical(pin.type(), constant);
            if (constant == Parameters.OPAQUE || (wanted != null && wanted.equals(canonical))) {
                return true;
            }
        }
        return false;
    }
}
