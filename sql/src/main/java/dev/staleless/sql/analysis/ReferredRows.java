package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.change.Referred;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Referrals;
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
 * Tells what foreign keys say of the rows of table occurrences: that a row can take part only where a row of another table refers to
 * it, or only with the row to which it refers. Either is so where a condition of theirs, or of an EXISTS or IN that must be true, makes
 * the columns of the key equal to those of an occurrence of the other table.
 *
 * <p>Said only of foreign keys that are enforced, between two tables without triggers, which could keep a key from acting, and
 * without relatives. Of rows that go nothing is said where the tables of a query cannot be brought into one order.
 */
final class ReferredRows {

    /** With more occurrences than these it is not looked for. */
    private static final int MANY = 64;

    private final QueryAnalysis analysis;
    private final Map<TableOccurrence, List<Condition>> conditions = new HashMap<>();
    private final Map<Integer, Set<Kind>> kinds = new HashMap<>();
    private final Map<Integer, Set<Referred>> needed = new HashMap<>();

    /** Of tables whose rows go by one statement, those whose rows are taken to go later than those of each. */
    private final Map<TableName, Set<TableName>> later = new HashMap<>();

    private ReferredRows(QueryAnalysis analysis) {
        this.analysis = analysis;
    }

    /** By the index of the occurrence. */
    static Map<Integer, Referrals> in(QueryAnalysis analysis) {
        ReferredRows rows = new ReferredRows(analysis);
        if (analysis.occurrences().size() > MANY || !rows.mayFind()) {
            return Map.of();
        }
        rows.find();
        boolean circle = rows.hasCircle();
        Map<Integer, Referrals> all = new HashMap<>();
        for (TableOccurrence occurrence : analysis.occurrences()) {
            Set<Kind> unreferred = EnumSet.noneOf(Kind.class);
            unreferred.addAll(rows.kinds.getOrDefault(occurrence.index, Set.of()));
            if (circle) {
                unreferred.remove(Kind.DELETE);
            }
            Set<Referred> needs = circle ? Set.of() : rows.needed.getOrDefault(occurrence.index, Set.of());
            all.put(occurrence.index, new Referrals(unreferred, needs));
        }
        return all;
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
        Map<TableOccurrence, Map<String, Set<Operand.Column>>> equal = new HashMap<>();
        conditions.forEach((occurrence, all) -> equal.put(occurrence, equal(occurrence.index, all)));
        for (TableOccurrence parent : analysis.occurrences()) {
            for (Reference key : parent.table.foreignKeys()) {
                for (TableOccurrence child : analysis.occurrences()) {
                    if (isSure(key, parent.table, child.table)) {
                        find(parent, key, child, equal);
                    }
                }
            }
        }
    }

    private static boolean isSure(Reference key, Table parent, Table child) {
        return key.enforced()
                && key.child().equals(child.name())
                && !child.name().equals(parent.name())
                && parent.traits().isEmpty()
                && child.traits().isEmpty();
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

    private void find(
            TableOccurrence parent,
            Reference key,
            TableOccurrence child,
            Map<TableOccurrence, Map<String, Set<Operand.Column>>> equal) {
        boolean acts = key.onDelete() == Action.CASCADE;
        if (isJoined(key.columns(), equal.getOrDefault(parent, Map.of()), child.index, key.childColumns())) {
            Set<Kind> of = kinds.computeIfAbsent(parent.index, index -> EnumSet.of(Kind.INSERT));
            if (!acts && key.onDelete() != Action.UNKNOWN) {
                of.add(Kind.DELETE);
                later.computeIfAbsent(key.child(), name -> new LinkedHashSet<>())
                        .add(parent.table.name());
            }
        }
        if (acts && isJoined(key.childColumns(), equal.getOrDefault(child, Map.of()), parent.index, key.columns())) {
            needed.computeIfAbsent(child.index, index -> new HashSet<>())
                    .add(new Referred(parent.table.name(), key.childColumns()));
            later.computeIfAbsent(parent.table.name(), name -> new LinkedHashSet<>())
                    .add(key.child());
        }
    }

    /** Whether each of the columns equals that of another occurrence which stands in the same place. */
    private static boolean isJoined(
            List<String> columns, Map<String, Set<Operand.Column>> equal, int other, List<String> others) {
        for (int i = 0; i < columns.size(); i++) {
            String column = others.get(i);
            boolean joined = equal.getOrDefault(columns.get(i), Set.of()).stream()
                    .anyMatch(one -> one.use() == other && one.column().equals(column));
            if (!joined) {
                return false;
            }
        }
        return true;
    }

    /** Takes tables away after which none comes that is left, until there are none, or only circles and what leads to them. */
    private boolean hasCircle() {
        Map<TableName, Set<TableName>> left = new HashMap<>(later);
        boolean removed = true;
        while (removed) {
            removed = left.values().removeIf(tables -> tables.stream().noneMatch(left::containsKey));
        }
        return !left.isEmpty();
    }
}
