package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.Filters;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a query names the columns of a table occurrence: in conjuncts of its block's WHERE and of the inner joins of its FROM,
 * or elsewhere. A name counts, wherever it stands, unless it stands behind the alias of something else.
 */
final class Filtering {

    /** With more occurrences than these it is not looked for. */
    private static final int MANY = 16;

    private final TableOccurrence occurrence;
    private final QueryAnalysis analysis;
    private final Set<Expr> filters = Collections.newSetFromMap(new IdentityHashMap<>());
    private Set<String> names = new HashSet<>();
    private boolean known = true;

    private Filtering(TableOccurrence occurrence, QueryAnalysis analysis) {
        this.occurrence = occurrence;
        this.analysis = analysis;
    }

    /**
     * Where the columns of an occurrence are named.
     *
     * @param result whether its block makes the result; of others it is not said what decides
     * @param read all columns that may be read, by the names among the statement's tokens
     * @return null if it is not sure
     */
    static @Nullable Filters of(
            TableOccurrence occurrence, Query query, QueryAnalysis analysis, ColumnSet read, boolean result) {
        Query.Select block = analysis.blockOf(occurrence);
        Scope scope = block == null ? null : analysis.scope(block);
        boolean plain = occurrence.names == null
                && !read.isAll()
                && analysis.occurrences().size() <= MANY;
        return block == null || scope == null || !plain
                ? null
                : new Filtering(occurrence, analysis).find(query, block, scope, read, result);
    }

    private @Nullable Filters find(Query query, Query.Select block, Scope scope, ColumnSet read, boolean result) {
        List<Filters.Filter> found = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Expr conjunct : conjuncts(block)) {
            Condition condition = Conditions.of(conjunct, scope);
            Set<String> columns = named(List.of(conjunct));
            if (known && !columns.isEmpty() && condition != Condition.OPAQUE) {
                filters.add(conjunct);
                named.addAll(columns);
                found.add(new Filters.Filter(condition, ColumnSet.of(columns)));
            }
            known = true;
        }
        Set<String> elsewhere = named(List.of(query));
        List<Node> from = new ArrayList<>(block.from());
        if (block.where() != null) {
            from.add(block.where());
        }
        Set<String> deciding = named(from);
        if (!known || found.isEmpty() && elsewhere.isEmpty()) {
            return null;
        }
        for (Column column : occurrence.table.columns()) {
            // what the tokens name, and the tree does not, stands somewhere
            if (read.contains(column.name()) && !named.contains(column.name())) {
                elsewhere.add(column.name());
            }
        }
        return new Filters(found, ColumnSet.of(elsewhere), result ? ColumnSet.of(deciding) : ColumnSet.ALL);
    }

    private static List<Expr> conjuncts(Query.Select block) {
        List<Expr> conjuncts = new ArrayList<>(Conditions.conjuncts(block.where()));
        block.from().forEach(ref -> addInner(ref, conjuncts));
        return conjuncts;
    }

    /** In ON only what behind aliases says what it means, which is the same for the join and for the block. */
    private static void addInner(TableRef ref, List<Expr> into) {
        boolean inner = ref instanceof TableRef.Join join
                && (join.kind() == TableRef.JoinKind.INNER || join.kind() == TableRef.JoinKind.CROSS)
                && join.alias() == null;
        if (inner) {
            TableRef.Join join = (TableRef.Join) ref;
            for (Expr conjunct : Conditions.conjuncts(join.on())) {
                if (isQualified(conjunct)) {
                    into.add(conjunct);
                }
            }
            addInner(join.left(), into);
            addInner(join.right(), into);
        }
    }

    private static boolean isQualified(Node node) {
        if (node instanceof Expr.Column column && column.parts().size() < 2 || node instanceof Query) {
            return false;
        }
        boolean[] all = {true};
        node.forEachChild(child -> all[0] &= isQualified(child));
        return all[0];
    }

    /** The columns of the occurrence that may be named in some nodes, filters that were found excepted. */
    private Set<String> named(List<? extends Node> nodes) {
        names = new HashSet<>();
        nodes.forEach(node -> visit(node, false));
        Set<String> columns = new HashSet<>();
        for (Column column : occurrence.table.columns()) {
            if (names.stream().anyMatch(column.name()::equalsIgnoreCase)) {
                columns.add(column.name());
            }
        }
        return columns;
    }

    /** @param own whether it stands in the list of results of the occurrence's own block, where a star may mean its columns */
    private void visit(Node node, boolean own) {
        if (node instanceof Expr expr && filters.contains(expr)) {
            return;
        }
        boolean inside = own;
        if (node instanceof Query.Select select) {
            Scope scope = analysis.scope(select);
            inside = scope == null || scope == occurrence.block;
        } else if (node instanceof Expr.Column column) {
            column(column.parts());
        } else if (node instanceof Expr.Star star) {
            known &= !inside && star.qualifier().isEmpty() || isOther(star.qualifier());
        } else if (node instanceof Expr.FieldStar) {
            known = false;
        } else if (node instanceof TableRef.Join join) {
            join.using().forEach(name -> names.add(name.text()));
            known &= !join.natural();
        }
        boolean within = inside;
        node.forEachChild(child -> visit(child, within));
    }

    private boolean isOther(List<Name> qualifier) {
        return qualifier.size() == 1 && !qualifier.get(0).text().equalsIgnoreCase(occurrence.alias);
    }

    private void column(List<Name> parts) {
        String last = parts.get(parts.size() - 1).text();
        if (SystemColumns.contains(last) || parts.size() == 1 && last.equalsIgnoreCase(occurrence.alias)) {
            known = false;
        }
        if (parts.size() != 2 || !isOther(parts.subList(0, 1))) {
            names.add(last);
        }
    }
}
