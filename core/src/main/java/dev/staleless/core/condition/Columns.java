package dev.staleless.core.condition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The columns in conditions and operands. */
public final class Columns {

    private Columns() {}

    /** All of them. */
    public static Set<Operand.Column> of(Condition condition) {
        Set<Operand.Column> columns = new HashSet<>();
        visit(condition, columns::add);
        return columns;
    }

    private static void visit(Condition condition, Consumer<Operand.Column> each) {
        if (condition instanceof Condition.And and) {
            and.parts().forEach(part -> visit(part, each));
        } else if (condition instanceof Condition.Or or) {
            or.parts().forEach(part -> visit(part, each));
        } else if (condition instanceof Condition.Not not) {
            visit(not.of(), each);
        } else if (condition instanceof Condition.Is is) {
            visit(is.of(), each);
        } else {
            operands(condition).forEach(operand -> visit(operand, each));
        }
    }

    private static void visit(Operand operand, Consumer<Operand.Column> each) {
        if (operand instanceof Operand.Column column) {
            each.accept(column);
        } else if (operand instanceof Operand.Lower lower) {
            visit(lower.of(), each);
        } else if (operand instanceof Operand.Upper upper) {
            visit(upper.of(), each);
        } else if (operand instanceof Operand.Cast cast) {
            visit(cast.of(), each);
        } else if (operand instanceof Operand.Computed computed) {
            computed.operands().forEach(part -> visit(part, each));
        } else if (operand instanceof Operand.Truth truth) {
            visit(truth.of(), each);
        } else if (operand instanceof Operand.Elements elements) {
            visit(elements.array(), each);
        } else if (operand instanceof Operand.Case choice) {
            for (Operand.Branch branch : choice.branches()) {
                visit(branch.condition(), each);
                visit(branch.result(), each);
            }
            visit(choice.otherwise(), each);
        }
    }

    /** The operands of a condition that has no other conditions for parts. */
    private static List<Operand> operands(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            return List.of(c.left(), c.right());
        } else if (condition instanceof Condition.IsDistinct c) {
            return List.of(c.left(), c.right());
        } else if (condition instanceof Condition.In in) {
            List<Operand> operands = new ArrayList<>(in.values());
            operands.add(in.operand());
            return operands;
        } else if (condition instanceof Condition.Like like) {
            Operand escape = like.escape();
            return escape == null
                    ? List.of(like.operand(), like.pattern())
                    : List.of(like.operand(), like.pattern(), escape);
        } else if (condition instanceof Condition.Matches matches) {
            return List.of(matches.operand(), matches.pattern());
        } else if (condition instanceof Condition.Similar similar) {
            return List.of(similar.operand(), similar.pattern());
        } else if (condition instanceof Condition.Quantified quantified) {
            return List.of(quantified.operand(), quantified.array());
        } else if (condition instanceof Condition.IsNull isNull) {
            return List.of(isNull.operand());
        }
        return condition instanceof Condition.Holds holds ? List.of(holds.operand()) : List.of();
    }

    /** The same condition of another column. Operands made of conditions become unknown. */
    public static Condition replaced(Condition condition, Operand.Column from, Operand.Column to) {
        UnaryOperator<Operand> replace = operand -> replaced(operand, from, to);
        if (condition instanceof Condition.And and) {
            return new Condition.And(all(and.parts(), from, to));
        } else if (condition instanceof Condition.Or or) {
            return new Condition.Or(all(or.parts(), from, to));
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(replaced(not.of(), from, to));
        } else if (condition instanceof Condition.Is is) {
            return new Condition.Is(replaced(is.of(), from, to), is.truth());
        } else if (condition instanceof Condition.Comparison c) {
            return new Condition.Comparison(c.operator(), replace.apply(c.left()), replace.apply(c.right()));
        } else if (condition instanceof Condition.IsDistinct c) {
            return new Condition.IsDistinct(replace.apply(c.left()), replace.apply(c.right()));
        } else if (condition instanceof Condition.In in) {
            return new Condition.In(
                    replace.apply(in.operand()),
                    in.values().stream().map(replace).toList());
        } else if (condition instanceof Condition.Like like) {
            Operand escape = like.escape();
            return new Condition.Like(
                    replace.apply(like.operand()),
                    replace.apply(like.pattern()),
                    escape == null ? null : replace.apply(escape),
                    like.ignoreCase());
        } else if (condition instanceof Condition.Matches matches) {
            return new Condition.Matches(
                    replace.apply(matches.operand()), replace.apply(matches.pattern()), matches.ignoreCase());
        } else if (condition instanceof Condition.Similar similar) {
            return new Condition.Similar(replace.apply(similar.operand()), replace.apply(similar.pattern()));
        } else if (condition instanceof Condition.Quantified q) {
            return new Condition.Quantified(
                    q.operator(), q.all(), replace.apply(q.operand()), replace.apply(q.array()));
        } else if (condition instanceof Condition.IsNull isNull) {
            return new Condition.IsNull(replace.apply(isNull.operand()));
        }
        return condition instanceof Condition.Holds holds
                ? new Condition.Holds(replace.apply(holds.operand()))
                : condition;
    }

    private static List<Condition> all(List<Condition> parts, Operand.Column from, Operand.Column to) {
        return parts.stream().map(part -> replaced(part, from, to)).toList();
    }

    private static Operand replaced(Operand operand, Operand.Column from, Operand.Column to) {
        if (operand.equals(from)) {
            return to;
        } else if (operand instanceof Operand.Lower lower) {
            return new Operand.Lower(replaced(lower.of(), from, to));
        } else if (operand instanceof Operand.Upper upper) {
            return new Operand.Upper(replaced(upper.of(), from, to));
        } else if (operand instanceof Operand.Cast cast) {
            return new Operand.Cast(replaced(cast.of(), from, to), cast.type());
        } else if (operand instanceof Operand.Computed computed) {
            return new Operand.Computed(
                    computed.function(),
                    computed.operands().stream()
                            .map(part -> replaced(part, from, to))
                            .toList());
        }
        boolean composed = operand instanceof Operand.Truth || operand instanceof Operand.Case;
        return composed ? Operand.UNKNOWN : operand;
    }
}
