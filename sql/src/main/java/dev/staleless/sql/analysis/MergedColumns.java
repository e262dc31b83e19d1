package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.sql.analysis.QueryAnalysis.FromItem;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that USING or NATURAL makes one of. Each is an equality of the join, and its name alone means the column of the side
 * whose rows all stay; of a full join it means neither.
 */
final class MergedColumns {

    private final TableRef.Join join;
    private final FromItem left;
    private final FromItem right;

    MergedColumns(TableRef.Join join, FromItem left, FromItem right) {
        this.join = join;
        this.left = left;
        this.right = right;
    }

    /**
     * Says what the names mean in the block and in the join.
     *
     * @param meanings gets what each name means; empty if that is not a table's column
     * @return the equalities
     */
    List<Conjunct> mergeInto(Scope block, Scope on, Map<String, Optional<Scope.Resolved>> meanings) {
        left.meanings().forEach(on::merge);
        right.meanings().forEach(on::merge);
        List<Conjunct> equalities = new ArrayList<>();
        for (String name : names()) {
            Scope.Resolved l = left.column(name);
            Scope.Resolved r = right.column(name);
            if (l != null && r != null) {
                equalities.add(Conjunct.of(new Condition.Comparison(Operator.EQUAL, l.operand(), r.operand())));
            }
            Optional<Scope.Resolved> meant = switch (join.kind()) {
                case INNER, CROSS, LEFT -> Optional.ofNullable(l);
                case RIGHT -> Optional.ofNullable(r);
                case FULL -> Optional.empty();
            };
            meanings.put(name, meant);
            block.merge(name, meant);
            on.merge(name, meant);
        }
        return equalities;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        join.using().forEach(name -> names.add(name.text()));
        if (join.natural()) {
            names.addAll(named(left));
            names.retainAll(named(right));
        }
        return names;
    }

    /** The names of a side's columns, as far as they are known: a name of others may mean two columns, and so none. */
    private static Set<String> named(FromItem side) {
        Set<String> names = new LinkedHashSet<>();
        for (Source source : side.sources()) {
            if (source instanceof Source.Base base && !base.renamed()) {
                base.table().columns().forEach(column -> names.add(column.name()));
            } else if (source instanceof Source.Derived derived && derived.names() != null) {
                names.addAll(derived.names());
            }
        }
        return names;
    }
}
