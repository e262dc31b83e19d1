package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An analysed query: its blocks, of which a set operation has several, and which occurrences of tables stand in it. */
final class Subquery {

    private final List<Block> blocks;
    private final List<@Nullable List<Block.Output>> outputs = new ArrayList<>();
    private final int first;
    private final int end;
    private final List<TableOccurrence> occurrences;
    private final @Nullable Scope scope;
    private boolean inner;

    /**
     * @param first number of occurrences in front of it
     * @param scope of its only block
     */
    Subquery(List<Block> blocks, List<TableOccurrence> occurrences, int first, @Nullable Scope scope) {
        this.blocks = blocks;
        this.occurrences = occurrences;
        this.first = first;
        this.end = occurrences.size();
        this.scope = scope;
        blocks.forEach(block -> outputs.add(block.outputs()));
    }

    @Nullable
    Scope scope() {
        return scope;
    }

    /** Says where in the FROM it stands of the block around it, whose conditions it gets. */
    void stand(Standing standing) {
        inner = standing.kind() == Standing.Kind.INNER;
    }

    /**
     * Whether it stands where every combination of the block around has a row of it, and each of these is one combination of its own
     * only block: then that block's tables stand as if they stood in the block around.
     */
    boolean isTransparent() {
        return inner && scope != null && blocks.size() == 1 && blocks.get(0).isPlain();
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Whether it was found by the analysis that counts these occurrences. */
    boolean isOf(List<TableOccurrence> list) {
        return occurrences == list;
    }

    /** Whether an occurrence stands in it. */
    boolean contains(int index) {
        return index >= first && index < end;
    }

    // ---- result

    /** The names of its result's columns; null if their number is not known. */
    @Nullable
    List<String> names() {
        List<Block.Output> columns = outputs.isEmpty() ? null : outputs.get(0);
        return columns == null ? null : columns.stream().map(Block.Output::name).toList();
    }

    /** The table column that a column of the result is in one arm; null if it is none, or if not all arms have its kind. */
    Scope.@Nullable Resolved column(int arm, int index) {
        Scope.Resolved column = output(arm, index);
        if (column == null) {
            return null;
        }
        for (List<Block.Output> columns : outputs) {
            if (columns == null || index >= columns.size() || !agrees(columns.get(index), column)) {
                return null;
            }
        }
        return column;
    }

    private Scope.@Nullable Resolved output(int arm, int index) {
        List<Block.Output> columns = arm < outputs.size() ? outputs.get(arm) : null;
        return columns == null || index >= columns.size()
                ? null
                : columns.get(index).column();
    }

    private static boolean agrees(Block.Output output, Scope.Resolved column) {
        if (output.literal()) {
            return true;
        }
        ColumnType type = column.column().type();
        return output.column() != null && output.column().column().type().kind() == type.kind();
    }

    // ---- conditions

    /** Gives the tables the conditions that a block around demands of a derived table. */
    void assign(Source.Derived derived, List<Conjunct> outside, List<Condition> facts) {
        for (int arm = 0; arm < blocks.size(); arm++) {
            List<Conjunct> conjuncts = outside;
            if (blocks.size() > 1) {
                conjuncts = new ArrayList<>();
                for (Conjunct conjunct : outside) {
                    conjuncts.add(conjunct.inArm(derived, arm));
                }
            }
            blocks.get(arm).assign(conjuncts, facts);
        }
    }

    /** Gives the tables the condition that the columns of the result equal values, which the block around has. */
    void assignEqual(List<Expr> values, Scope around) {
        List<Condition> facts = around.facts();
        for (int arm = 0; arm < blocks.size(); arm++) {
            List<Conjunct> conjuncts = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                Scope.Resolved column = column(arm, i);
                Operand value = Operands.of(values.get(i), around);
                if (column != null && value != Operand.UNKNOWN) {
                    conjuncts.add(
                            Conjunct.of(new Condition.Comparison(Condition.Operator.EQUAL, column.operand(), value)));
                }
            }
            blocks.get(arm).assign(conjuncts, facts);
        }
    }
}
