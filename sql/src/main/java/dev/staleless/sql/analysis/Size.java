package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How large an expression is. One that is translated more than once, since it stands for itself in several comparisons, must be
 * small, so that what is translated stays linear in the size of the text.
 */
final class Size {

    private static final int SMALL = 16;

    private Size() {}

    static boolean isSmall(Expr expr) {
        Deque<Node> open = new ArrayDeque<>(List.of(expr));
        int nodes = 0;
        while (!open.isEmpty() && nodes <= SMALL) {
            Node node = open.pop();
            nodes++;
            List<Node> children = new ArrayList<>();
            if (!isLong(node)) {
                node.forEachChild(children::add);
            } else {
                nodes += SMALL;
            }
            open.addAll(children);
        }
        return nodes <= SMALL;
    }

    /** Without looking at its children. */
    private static boolean isLong(Node node) {
        return node instanceof Expr.And and && and.operands().size() > SMALL
                || node instanceof Expr.Or or && or.operands().size() > SMALL
                || node instanceof Expr.InList in && in.elements().size() > SMALL
                || node instanceof Expr.Call call && call.arguments().size() > SMALL
                || node instanceof Expr.Row row && row.fields().size() > SMALL
                || node instanceof Expr.Case choice && choice.whens().size() > SMALL
                || node instanceof Expr.ArrayElements array && array.elements().size() > SMALL;
    }
}
