package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Values;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of which table occurrences a row can take part only where a row of another table refers to it: those that a condition of
 * theirs, or of an EXISTS or IN that must be true, makes equal to the columns of an occurrence of that table which are a foreign
 * key to theirs.
 *
 * <p>Said only of foreign keys that are enforced, between tables without triggers, which could keep a key from acting, and without
 * relatives. Where tables of a query refer to each other in a circle, nothing is said.
 */
final class ReferredRows {

    /** With more occurrences than these it is not looked for. */
    private static final int MANY = 64;

    private final QueryAnalysis analysis;
    private final Map<TableOccurrence, List<Condition>> conditions = new HashMap<>();
    private final Map<Integer, Set<Kind>> kinds = new HashMap<>();
    private final Map<TableName, Set<TableName>> referring = new HashMap<>();

    private ReferredRows(QueryAnalysis analysis) {
        this.analysis = analysis;
    }

    /** By the index of the occurrence, as {@link dev.staleless.core.query.TableUse#unreferred}. */
    static Map<Integer, Set<Kind>> in(QueryAnalysis analysis) {
        ReferredRows rows = new ReferredRows(analysis);
        if (analysis.occurrences().size() > MANY || !rows.mayFind()) {
            return Map.of();
        }
        rows.find();
        return rows.hasCircle() ? Map.of() : rows.kinds;
    }

    private boolean mayFind() {
        return analysis.occurrences().stream()
                .anyMatch(one -> one.table.foreignKeys().stream().anyMatch(Reference::enforced));
    }

    private void find() {
        for (TableOccurrence occurrence : analysis.occurrences()) {
            conditions.put(occurrence, new ArrayList<>(Equalities.flatten(occurrence.conditions)));
        }
        analysis.scopes().forEach(this::addSought);
        conditions.forEach((occurrence, all) -> {
            if (occurrence.table.traits().isEmpty()) {
                Map<String, Set<Operand.Column>> equal = equal(occurrence.index, all);
                occurrence.table.foreignKeys().forEach(key -> find(occurrence, key, equal));
            }
        });
    }

    /** A row takes part only if the block of an EXISTS or IN of its block's WHERE has a combination of rows, with its conditions. */
    private void addSought(Query.Select select, Scope scope) {
        for (SoughtRows rows : SoughtRows.in(select.where())) {
            Scope within = analysis.scope(rows.block());
            List<Condition> demanded = new ArrayList<>();
            for (TableOccurrence occurrence : analysis.occurrences()) {
                if (within != null && occurrence.block == within && occurrence.isInner()) {
                    demanded.addAll(Equalities.flatten(occurrence.conditions));
                }
            }
            conditions.forEach((occurrence, all) -> {
                if (occurrence.block == scope && occurrence.isInner()) {
                    all.addAll(demanded);
                }
            });
        }
    }

    /** The columns of others that each column of an occurrence equals wherever a row of it takes part. */
    private static Map<String, Set<Operand.Column>> equal(int index, List<Condition> conditions) {
        Map<String, Set<Operand.Column>> equal = new HashMap<>();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Comparison comparison
                    && comparison.operator() == Condition.Operator.EQUAL
                    && comparison.left() instanceof Operand.Column left
                    && comparison.right() instanceof Operand.Column right
                    && left.use() != right.use()
                    && isAlike(left.type(), right.type())) {
                if (left.use() == index) {
                    equal.computeIfAbsent(left.column(), column -> new HashSet<>())
                            .add(right);
                } else if (right.use() == index) {
                    equal.computeIfAbsent(right.column(), column -> new HashSet<>())
                            .add(left);
                }
            }
        }
        return equal;
    }

    /** Whether values that the query finds equal are so to the foreign key. */
    private static boolean isAlike(ColumnType one, ColumnType other) {
        return one.kind() == other.kind()
                && one.equality() == other.equality()
                && Values.hasCanonicalForm(one)
                && Values.hasCanonicalForm(other);
    }

    private void find(TableOccurrence occurrence, Reference key, Map<String, Set<Operand.Column>> equal) {
        if (!key.enforced() || key.child().equals(occurrence.table.name())) {
            return;
        }
        for (TableOccurrence child : analysis.occurrences()) {
            Table table = child.table;
            if (table.name().equals(key.child()) && table.traits().isEmpty() && isJoined(key, child.index, equal)) {
                Set<Kind> of = kinds.computeIfAbsent(occurrence.index, index -> EnumSet.of(Kind.INSERT));
                if (key.onDelete() != Action.UNKNOWN) {
                    of.add(Kind.DELETE);
                }
                referring
                        .computeIfAbsent(occurrence.table.name(), name -> new LinkedHashSet<>())
                        .add(key.child());
            }
        }
    }

    private static boolean isJoined(Reference key, int child, Map<String, Set<Operand.Column>> equal) {
        for (int i = 0; i < key.columns().size(); i++) {
            String column = key.childColumns().get(i);
            boolean joined = equal.getOrDefault(key.columns().get(i), Set.of()).stream()
                    .anyMatch(other -> other.use() == child && other.column().equals(column));
            if (!joined) {
                return false;
            }
        }
        return true;
    }

    /** Takes tables away to which none that is left refers, until there are none, or only circles and what hangs on them. */
    private boolean hasCircle() {
        Map<TableName, Set<TableName>> left = new HashMap<>(referring);
        boolean removed = true;
        while (removed) {
            removed = left.values().removeIf(children -> children.stream().noneMatch(left::containsKey));
        }
        return !left.isEmpty();
    }
}
