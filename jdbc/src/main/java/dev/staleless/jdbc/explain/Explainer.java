package dev.staleless.jdbc.explain;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.decision.DecisionText;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.partition.Partitions;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import dev.staleless.jdbc.explain.Explanation.Change;
import dev.staleless.jdbc.explain.Explanation.Kind;
import dev.staleless.jdbc.explain.Explanation.Occurrence;
import dev.staleless.jdbc.key.BoundValue;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.key.ResultKeys;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the cache makes of statements, by the very analysis and decision that it goes by. Nothing is executed. Safe for any
 * thread.
 */
public final class Explainer {

    private static final ResultKeys KEYS = new ResultKeys("", "");

    private final SqlAnalyser analyser;
    private final Catalog catalog;

    private Explainer(SqlAnalyser analyser, Catalog catalog) {
        this.analyser = analyser;
        this.catalog = catalog;
    }

    /** An explainer for the tables of a catalog. */
    public static Explainer of(SqlAnalyser analyser, Catalog catalog) {
        return new Explainer(analyser, catalog);
    }

    /**
     * What the cache makes of a statement.
     *
     * @param parameters bound as by {@code setObject}; those that are missing may have any value
     */
    public Explanation explain(String sql, List<? extends @Nullable Object> parameters) {
        Analysis analysis = analyser.analyse(sql, catalog);
        String text = analysis.sql().key();
        if (analysis instanceof Analysis.Read read) {
            return read(read, parameters);
        } else if (analysis instanceof Analysis.Write write) {
            Parameters bound =
                    bound(write.changes().parameterCount(), parameters).canonical();
            return new Explanation(
                    text, Kind.CHANGE, null, List.of(), changes(write.changes().events(bound)));
        } else if (analysis instanceof Analysis.Uncached uncached) {
            return new Explanation(text, Kind.PASSED_THROUGH, uncached.reason(), List.of(), List.of());
        } else if (analysis instanceof Analysis.Everything everything) {
            return new Explanation(text, Kind.CHANGE_OF_EVERYTHING, everything.reason(), List.of(), List.of());
        }
        return new Explanation(text, Kind.CONTROL, null, List.of(), List.of());
    }

    /**
     * What a change does to a cached result of a query.
     *
     * @throws IllegalArgumentException if the query is not cached
     */
    public Effect effect(
            String query,
            List<? extends @Nullable Object> queryParameters,
            String write,
            List<? extends @Nullable Object> writeParameters) {
        if (!(analyser.analyse(query, catalog) instanceof Analysis.Read read)) {
            throw new IllegalArgumentException("The query is not cached, so that no change concerns it: " + query);
        }
        Analysis change = analyser.analyse(write, catalog);
        if (change instanceof Analysis.Everything everything) {
            return new Effect(true, "the change counts as one of every table, " + everything.reason());
        } else if (!(change instanceof Analysis.Write written)) {
            return new Effect(false, "the second statement changes no row");
        } else {
            int count = written.changes().parameterCount();
            Parameters bound = bound(count, writeParameters).canonical();
            return effect(query(read, queryParameters), written.changes().events(bound));
        }
    }

    private Effect effect(Query query, List<ChangeEvent> events) {
        Set<Partition> read = Partitions.forQuery(query, this::entry);
        String reason = "nothing is changed";
        for (ChangeEvent event : events) {
            Directory.Entry entry = entry(event.table());
            Verdict verdict = Decision.decide(query, event);
            boolean seen = entry == null || !Collections.disjoint(read, Partitions.ofEvent(event, entry));
            if (verdict.affected() && seen) {
                return new Effect(true, verdict.reason());
            }
            reason = verdict.affected() ? "the query looks at no partition that the change is in" : verdict.reason();
        }
        return new Effect(false, reason);
    }

    private Explanation read(Analysis.Read read, List<? extends @Nullable Object> parameters) {
        String text = read.sql().key();
        int count = read.template().parameterCount();
        if (parameters.size() >= count) {
            String why = KEYS.uncacheable(read.template(), bound(count, parameters));
            if (why != null) {
                return new Explanation(text, Kind.PASSED_THROUGH, why, List.of(), List.of());
            }
        }
        Query query = query(read, parameters);
        List<Occurrence> reads = new ArrayList<>();
        for (TableUse use : read.template().uses()) {
            Set<String> names = use.columnsRead().names();
            reads.add(new Occurrence(
                    use.table().toString(),
                    use.alias(),
                    DecisionText.condition(use, query.parameters()),
                    names == null ? List.of() : List.copyOf(new TreeSet<>(names)),
                    partitions(query, use)));
        }
        String where = read.semiJoin() ? "but only in sessions with optimizer_switch='loosescan=off'" : null;
        return new Explanation(text, Kind.CACHEABLE, where, reads, List.of());
    }

    /** By the values that name them, since the hashes in their names say nothing to people. */
    private List<String> partitions(Query query, TableUse use) {
        Set<String> columns = new TreeSet<>();
        boolean whole = false;
        for (Partition partition : Partitions.forQuery(query, this::entry)) {
            if (partition.table().equals(use.table())) {
                whole |= partition.kind() == Partition.Kind.TABLE;
                if (partition.column() != null && use.pins().containsKey(partition.column())) {
                    columns.add(partition.column());
                }
            }
        }
        if (whole || columns.isEmpty()) {
            return List.of("all changes of " + use.table());
        }
        return columns.stream()
                .map(column -> "changes of " + use.table() + " with the same " + column + ", or where it is not known")
                .toList();
    }

    private static List<Change> changes(List<ChangeEvent> events) {
        return events.stream()
                .map(event -> new Change(event.table().toString(), DecisionText.change(event)))
                .toList();
    }

    private static Query query(Analysis.Read read, List<? extends @Nullable Object> parameters) {
        int count = read.template().parameterCount();
        return new Query(
                read.template(), read.sql().key(), bound(count, parameters).canonical());
    }

    private static BoundValues bound(int count, List<? extends @Nullable Object> parameters) {
        if (parameters.size() > count) {
            throw new IllegalArgumentException(
                    parameters.size() + " values are given for a statement with " + count + " parameters");
        }
        BoundValues values = new BoundValues();
        for (int i = 0; i < count; i++) {
            values.bind(i + 1, i < parameters.size() ? BoundValue.of("setObject", parameters.get(i), null) : null);
        }
        return values;
    }

    private Directory.@Nullable Entry entry(TableName name) {
        Table table = catalog.table(name);
        if (table == null) {
            return null;
        }
        List<Directory.PartitionColumn> columns = new ArrayList<>();
        for (String column : table.partitionColumns()) {
            Column found = table.column(column);
            if (found != null) {
                columns.add(new Directory.PartitionColumn(column, found.type()));
            }
        }
        return new Directory.Entry(1, columns);
    }
}
