package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.QueryTemplate.Operation;
import dev.staleless.core.query.TableUse;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kind of query it is, for the profiles. */
final class ResultShape {

    private final Query query;
    private final QueryAnalysis analysis;
    private final Query.@Nullable Select select;

    ResultShape(Query query, @Nullable Scope scope, QueryAnalysis analysis) {
        this.query = query;
        this.analysis = analysis;
        this.select = query.body() instanceof Query.Select block && scope != null ? block : null;
    }

    Operation operation(List<TableUse> uses) {
        if (select == null) {
            return Operation.FETCH;
        }
        if (isExists(select)) {
            return Operation.EXISTS;
        }
        boolean aggregates = !select.groupBy().isEmpty()
                || select.having() != null
                || select.items().stream().anyMatch(item -> isAggregate(item.expr()));
        if (aggregates) {
            return isCount(select) ? Operation.COUNT : Operation.AGGREGATE;
        }
        return isGet(uses) ? Operation.GET : Operation.FETCH;
    }

    private boolean isExists(Query.Select block) {
        if (block.items().size() != 1) {
            return false;
        }
        Expr item = block.items().get(0).expr();
        if (item instanceof Expr.Exists) {
            return true;
        }
        return item instanceof Expr.Literal
                && query.limit() != null
                && !block.from().isEmpty();
    }

    private static boolean isCount(Query.Select block) {
        return block.groupBy().isEmpty()
                && block.having() == null
                && block.items().size() == 1
                && block.items().get(0).expr() instanceof Expr.Call call
                && call.name().get(call.name().size() - 1).text().equals("count");
    }

    private static boolean isAggregate(Node node) {
        if (node instanceof Query) {
            return false;
        }
        if (node instanceof Expr.Call call
                && call.over() == null
                && Builtins.isAggregate(call.name().get(call.name().size() - 1).text())) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= isAggregate(child));
        return found[0];
    }

    private boolean isGet(List<TableUse> uses) {
        if (uses.size() != 1 || analysis.occurrences().get(0).table.primaryKey().isEmpty()) {
            return false;
        }
        TableUse use = uses.get(0);
        return analysis.occurrences().get(0).table.primaryKey().stream()
                .allMatch(key -> use.pins().containsKey(key)
                        && use.pins().get(key).values().size() == 1
                        && !(use.pins().get(key).values().get(0) instanceof Operand.Elements));
    }
}
