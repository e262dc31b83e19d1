package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One change event of a statement, without the values of its parameters. */
sealed interface EventTemplate {

    TableName table();

    ChangeEvent event(Parameters parameters);

    /**
     * Rows that get values.
     *
     * @param assigned columns with a constant, or {@link Operand#UNKNOWN}; those that are not in it are unknown
     */
    record Insert(Table target, Map<String, Operand> assigned) implements EventTemplate {
        @Override
        public TableName table() {
            return target.name();
        }

        @Override
        public ChangeEvent event(Parameters parameters) {
            Map<String, AbstractValue> after = new HashMap<>();
            assign(target, assigned, parameters, after);
            return ChangeEvent.insert(table(), new Image(after));
        }
    }

    /**
     * Rows that meet conditions and get values.
     *
     * @param conditions in which the target is occurrence 0
     * @param assigned what may change, with a constant or {@link Operand#UNKNOWN}; computed columns included
     */
    record Update(Table target, List<Condition> conditions, Map<String, Operand> assigned) implements EventTemplate {
        @Override
        public TableName table() {
            return target.name();
        }

        @Override
        public ChangeEvent event(Parameters parameters) {
            Map<String, AbstractValue> before = KnownValues.of(conditions, 0, parameters);
            Map<String, AbstractValue> after = new HashMap<>(before);
            assign(target, assigned, parameters, after);
            return ChangeEvent.update(
                    table(), new Image(before), new Image(after), ColumnSet.of(Set.copyOf(assigned.keySet())));
        }
    }

    /** Rows that meet conditions, in which the target is occurrence 0, and go. */
    record Delete(Table target, List<Condition> conditions) implements EventTemplate {
        @Override
        public TableName table() {
            return target.name();
        }

        @Override
        public ChangeEvent event(Parameters parameters) {
            return ChangeEvent.delete(table(), new Image(KnownValues.of(conditions, 0, parameters)));
        }
    }

    /** The same event whatever the parameters. */
    record Fixed(ChangeEvent fixed) implements EventTemplate {
        @Override
        public TableName table() {
            return fixed.table();
        }

        @Override
        public ChangeEvent event(Parameters parameters) {
            return fixed;
        }
    }

    private static void assign(
            Table target, Map<String, Operand> assigned, Parameters parameters, Map<String, AbstractValue> into) {
        assigned.forEach((name, operand) -> {
            Column column = target.column(name);
            if (column == null || !Operands.isConstant(operand)) {
                into.remove(name);
            } else {
                Object raw = KnownValues.constant(operand, parameters);
                // What cannot hold NULL refuses it, or gets some other value instead.
                boolean replaced = raw == null && !column.nullable();
                into.put(name, replaced ? AbstractValue.UNKNOWN : Values.store(column.type(), raw));
            }
        });
    }
}
