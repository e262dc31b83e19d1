package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.Contribution.Shown;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Values;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of table occurrences how their rows get into a result and where they are seen there. */
final class Contributions {

    private final ResultView view;
    private final QueryAnalysis analysis;

    /** The blocks of the sub-queries in the list of results. */
    private final Set<Scope> attached = new HashSet<>();

    /** The blocks whose tables are combined for the result: the one that makes it, and those that stand in its FROM for their tables. */
    private final Set<Scope> combined = new HashSet<>();

    private final @Nullable RecursiveRows recursive;
    private final List<SoughtRows> sought;
    private final List<SoughtRows> barred;

    Contributions(ResultView view, QueryAnalysis analysis) {
        this.view = view;
        this.analysis = analysis;
        combine(view.scope());
        recursive = RecursiveRows.of(view.query());
        sought = SoughtRows.in(view.block().where());
        barred = SoughtRows.barredIn(view.block().where());
        if (OuterNames.sortsByTablesOnly(view.query(), view.block())) {
            view.block().items().forEach(this::attach);
        }
    }

    private void combine(Scope scope) {
        combined.add(scope);
        for (Source source : scope.sources()) {
            Scope within =
                    source instanceof Source.Derived derived && derived.query().isTransparent()
                            ? derived.query().scope()
                            : null;
            if (within != null) {
                combine(within);
            }
        }
    }

    private void attach(Node node) {
        Scope scope = node instanceof Query.Select select ? analysis.scope(select) : null;
        if (scope != null) {
            attached.add(scope);
        }
        node.forEachChild(this::attach);
    }

    @Nullable
    Contribution of(TableOccurrence occurrence) {
        if (occurrence.block == null) {
            return null;
        }
        return switch (view.form().kind()) {
            case FOUND, NOT_FOUND, TOTALS ->
                combined.contains(occurrence.block) && occurrence.isInner()
                        ? new Contribution(Role.COMBINED, Map.of(), Map.of(), List.of())
                        : null;
            case ROWS, DISTINCT, GROUPS -> ofRows(occurrence);
        };
    }

    private @Nullable Contribution ofRows(TableOccurrence occurrence) {
        if (combined.contains(occurrence.block)) {
            return ofBlock(occurrence);
        }
        if (attached.contains(occurrence.block)) {
            return new Contribution(Role.ATTACHED, Map.of(), equal(occurrence, null), List.of());
        }
        for (SoughtRows rows : sought) {
            if (analysis.scope(rows.block()) == occurrence.block && occurrence.isInner()) {
                Map<String, Shown> shown = soughtColumns(rows, occurrence);
                return new Contribution(Role.SOUGHT, shown, Map.of(), soughtBy(rows, occurrence, shown));
            }
        }
        Map<String, Shown> repeated = repeated(occurrence);
        if (!repeated.isEmpty() && occurrence.isInner()) {
            return new Contribution(Role.REPEATED, repeated, Map.of(), List.of());
        }
        for (SoughtRows rows : barred) {
            if (analysis.scope(rows.block()) == occurrence.block
                    && occurrence.isInner()
                    && (rows.operand() == null || isWithoutNulls(rows))) {
                return new Contribution(Role.BARRED, soughtColumns(rows, occurrence), Map.of(), List.of());
            }
        }
        return null;
    }

    /** The columns that the rows of a recursive query show of an occurrence in one of its parts. */
    private Map<String, Shown> repeated(TableOccurrence occurrence) {
        Map<String, Shown> shown = new HashMap<>();
        if (recursive == null) {
            return shown;
        }
        for (Query.Select part : recursive.parts()) {
            Scope scope = analysis.scope(part);
            for (int i = 0;
                    scope != null
                            && scope == occurrence.block
                            && i < view.columns().size();
                    i++) {
                Expr expr = recursive.column(part, i);
                Scope.Resolved column = expr instanceof Expr.Column reference ? scope.resolve(reference) : null;
                if (column != null
                        && column.source().index() == occurrence.index
                        && Values.hasCanonicalForm(column.column().type())) {
                    shown.put(
                            column.column().name(), new Shown(i, column.column().type(), false));
                }
            }
        }
        return shown;
    }

    /** Whether NOT IN compares a column that has a value in every combination with one that has one in every row. */
    private boolean isWithoutNulls(SoughtRows rows) {
        Scope scope = analysis.scope(rows.block());
        Scope.Resolved column = scope == null ? null : rows.column(scope);
        Scope.Resolved operand =
                rows.operand() instanceof Expr.Column reference ? view.scope().resolve(reference) : null;
        return scope != null
                && column != null
                && operand != null
                && isWithoutNulls(column, scope)
                && isWithoutNulls(operand, view.scope());
    }

    /** @param block in whose FROM its table must stand itself: what stands there for others may be filled with NULLs */
    private boolean isWithoutNulls(Scope.Resolved column, Scope block) {
        TableOccurrence occurrence = analysis.occurrences().get(column.source().index());
        return !column.column().nullable() && occurrence.block == block && occurrence.isInner();
    }

    private Contribution ofBlock(TableOccurrence occurrence) {
        Map<String, Shown> shown = equal(occurrence, null);
        Map<String, Shown> own = own(occurrence);
        shown.putAll(own);
        // rows of relatives by inheritance may have the same key
        List<String> key = occurrence.table.is(Table.Trait.INHERITANCE) ? List.of() : occurrence.table.primaryKey();
        List<String> shownKey = own.keySet().containsAll(key) ? key : List.of();
        Standing standing = occurrence.standing;
        if (occurrence.isInner()) {
            return new Contribution(Role.COMBINED, shown, Map.of(), shownKey);
        }
        if (standing != null
                && occurrence.block == view.scope()
                && standing.side() != null
                && standing.join() != null
                && !OuterNames.mayName(standing.side(), standing.join(), view)) {
            return new Contribution(Role.ATTACHED, shown, equal(occurrence, standing.side()), shownKey);
        }
        return new Contribution(Role.OTHER, shown, Map.of(), shownKey);
    }

    /** The columns of an occurrence that are columns of the result. */
    private Map<String, Shown> own(TableOccurrence occurrence) {
        Map<String, Shown> own = new HashMap<>();
        for (Column column : occurrence.table.columns()) {
            int position = view.position(occurrence.index, column.name());
            if (position >= 0 && Values.hasCanonicalForm(column.type())) {
                own.put(column.name(), new Shown(position, column.type(), true));
            }
        }
        return own;
    }

    /**
     * The columns of an occurrence that are equal to a column of the result wherever a row of it takes part, by what its
     * conditions say.
     *
     * @param side whose columns do not count; null for none
     */
    private Map<String, Shown> equal(TableOccurrence occurrence, QueryAnalysis.@Nullable FromItem side) {
        Map<String, Shown> equal = new HashMap<>();
        for (Condition condition : Equalities.flatten(occurrence.conditions)) {
            if (condition instanceof Condition.Comparison comparison
                    && comparison.operator() == Condition.Operator.EQUAL
                    && comparison.left() instanceof Operand.Column left
                    && comparison.right() instanceof Operand.Column right) {
                add(occurrence, left, right, side, equal);
                add(occurrence, right, left, side, equal);
            }
        }
        return equal;
    }

    private void add(
            TableOccurrence occurrence,
            Operand.Column own,
            Operand.Column other,
            QueryAnalysis.@Nullable FromItem side,
            Map<String, Shown> into) {
        if (own.use() != occurrence.index
                || other.use() == occurrence.index
                || side != null && side.contains(other.use())) {
            return;
        }
        put(own.column(), own.type(), other.use(), other.column(), other.type(), into);
    }

    private void put(
            String column, ColumnType type, int otherUse, String other, ColumnType otherType, Map<String, Shown> into) {
        int position = view.position(otherUse, other);
        boolean alike =
                type.kind() == otherType.kind() && Values.hasCanonicalForm(type) && Values.hasCanonicalForm(otherType);
        if (position >= 0 && alike) {
            into.put(column, new Shown(position, type, false));
        }
    }

    /**
     * The column of a sought occurrence that equals the primary key of the only occurrence of the block around that the sub-query
     * names; none if there is no such key, or it is not shown.
     */
    private List<String> soughtBy(SoughtRows rows, TableOccurrence occurrence, Map<String, Shown> shown) {
        Scope scope = analysis.scope(rows.block());
        List<Condition> conditions = new ArrayList<>(Equalities.flatten(occurrence.conditions));
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Comparison comparison
                    && comparison.operator() == Condition.Operator.EQUAL
                    && comparison.left() instanceof Operand.Column left
                    && comparison.right() instanceof Operand.Column right
                    && scope != null) {
                boolean first = left.use() == occurrence.index;
                Operand.Column own = first ? left : right;
                Operand.Column other = first ? right : left;
                Shown seen = own.use() == occurrence.index ? shown.get(own.column()) : null;
                if (seen != null
                        && seen.position() == view.position(other.use(), other.column())
                        && isKeyOfBlock(other)
                        && rows.namesOnly(scope, other.use())) {
                    return List.of(own.column());
                }
            }
        }
        return List.of();
    }

    private boolean isKeyOfBlock(Operand.Column column) {
        TableOccurrence occurrence = analysis.occurrences().get(column.use());
        return occurrence.block == view.scope()
                && occurrence.isInner()
                && occurrence.table.primaryKey().equals(List.of(column.column()))
                && occurrence.table.traits().isEmpty();
    }

    /** By the conditions of the sub-query, and by what IN compares its column with. */
    private Map<String, Shown> soughtColumns(SoughtRows rows, TableOccurrence occurrence) {
        Map<String, Shown> shown = equal(occurrence, null);
        Scope scope = analysis.scope(rows.block());
        if (scope == null || !(rows.operand() instanceof Expr.Column reference)) {
            return shown;
        }
        Scope.Resolved operand = view.scope().resolve(reference);
        Scope.Resolved column = rows.column(scope);
        if (operand != null && column != null && column.source().index() == occurrence.index) {
            put(
                    column.column().name(),
                    column.column().type(),
                    operand.source().index(),
                    operand.column().name(),
                    operand.column().type(),
                    shown);
        }
        return shown;
    }
}
