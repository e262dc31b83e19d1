package dev.staleless.core.decision;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One random case, made from its seed, of what the decision promises. Each check returns what is wrong, or null. */
final class RandomCheck {

    private static final TableName TABLE = new TableName("public", "t");

    private RandomCheck() {}

    /** The truth value of a condition for a row is one of those thought possible for an image of the row. */
    static @Nullable String condition(Logic logic, long seed) {
        RandomModel model = new RandomModel(seed);
        Map<String, @Nullable Object> row = model.row(model.random.nextInt(4));
        Condition condition = model.condition(0, 3);
        Image image = model.image(row);
        Truth truth = new Reference(List.of(row)).truth(condition);
        int possible =
                new Binder(0, Parameters.NONE).bind(condition).truths(logic, ChangeEvent.insert(TABLE, image), true);
        return (possible & Logic.of(truth)) != 0
                ? null
                : condition + " is " + truth + " for " + row + ", and takes that for impossible for " + image;
    }

    /** A write that changes the result of a query affects it. */
    static @Nullable String write(Decision decision, long seed) {
        RandomModel model = new RandomModel(seed);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (long id = 0; id < 2 + model.random.nextInt(4); id++) {
            rows.add(model.row(id));
        }
        Selection selection = Selection.random(model);
        List<Object> before = selection.result(rows);
        Query query = selection.query();
        ChangeEvent event = write(model, rows);
        List<Object> after = selection.result(rows);
        boolean wrong =
                !before.equals(after) && !decision.verdict(query, null, event).affected();
        return wrong ? query.template() + " was " + before + " and is " + after + " after " + event : null;
    }

    /**
     * The rows of one or two occurrences of the table that satisfy their conditions, joined by {@code a = b}.
     *
     * @param selected the columns of each that are in the result
     */
    private record Selection(
            List<Condition> conditions, @Nullable Condition join, Set<String> selected) {

        static Selection random(RandomModel model) {
            Set<String> selected = new HashSet<>(List.of(model.column(), model.column()));
            if (model.random.nextInt(3) > 0) {
                return new Selection(List.of(model.condition(0, 2)), null, selected);
            }
            Condition join = new Condition.Comparison(
                    Operator.EQUAL,
                    new Operand.Column(0, "a", RandomModel.COLUMNS.get("a")),
                    new Operand.Column(1, "b", RandomModel.COLUMNS.get("b")));
            return new Selection(List.of(model.condition(0, 2), model.condition(1, 2)), join, selected);
        }

        Condition condition(int use) {
            return join == null ? conditions.get(use) : new Condition.And(List.of(join, conditions.get(use)));
        }

        List<Object> result(List<Map<String, @Nullable Object>> rows) {
            List<String> result = new ArrayList<>();
            for (Map<String, @Nullable Object> first : rows) {
                for (Map<String, @Nullable Object> second : join == null ? List.of(first) : rows) {
                    Reference reference = new Reference(List.of(first, second));
                    boolean all = true;
                    for (int use = 0; use < conditions.size(); use++) {
                        all &= reference.truth(condition(use)) == Truth.TRUE;
                    }
                    if (all) {
                        result.add(project(first) + (join == null ? "" : project(second)));
                    }
                }
            }
            result.sort(null);
            return List.copyOf(result);
        }

        private String project(Map<String, @Nullable Object> row) {
            StringBuilder text = new StringBuilder();
            selected.stream()
                    .sorted()
                    .forEach(column -> text.append(column)
                            .append('=')
                            .append(row.get(column))
                            .append(' '));
            return text.toString();
        }

        Query query() {
            List<TableUse> uses = new ArrayList<>();
            for (int use = 0; use < conditions.size(); use++) {
                Set<String> membership = new HashSet<>();
                addColumns(condition(use), use, membership);
                Set<String> read = new HashSet<>(selected);
                read.addAll(membership);
                if (join != null) {
                    read.addAll(Set.of("a", "b"));
                    membership.addAll(Set.of("a", "b"));
                }
                uses.add(new TableUse(
                        use,
                        "x" + use,
                        TABLE,
                        ColumnSet.of(read),
                        ColumnSet.of(membership),
                        condition(use),
                        Map.of(),
                        null));
            }
            return new Query(new QueryTemplate(QueryTemplate.Operation.FETCH, uses, 0, Set.of()), "", Parameters.NONE);
        }
    }

    static void addColumns(Object part, int use, Set<String> columns) {
        if (part instanceof Operand.Column column) {
            if (column.use() == use) {
                columns.add(column.column());
            }
        } else if (part instanceof List<?> list) {
            list.forEach(one -> addColumns(one, use, columns));
        } else if (part instanceof Record && (part instanceof Condition || part instanceof Operand)) {
            for (var component : part.getClass().getRecordComponents()) {
                try {
                    addColumns(component.getAccessor().invoke(part), use, columns);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Writes to the rows, and returns the event that says what is known of it from the statement alone. */
    static ChangeEvent write(RandomModel model, List<Map<String, @Nullable Object>> rows) {
        int kind = model.random.nextInt(5);
        if (kind == 0) {
            Map<String, @Nullable Object> row = model.row(rows.size());
            rows.add(row);
            return ChangeEvent.insert(TABLE, model.image(row));
        }
        Map<String, @Nullable Object> filter = new HashMap<>();
        for (int i = 0; i < 1 + model.random.nextInt(2); i++) {
            String column = model.column();
            filter.put(column, model.value(RandomModel.COLUMNS.get(column)));
        }
        if (kind == 1) {
            rows.removeIf(row -> matches(row, filter));
            return ChangeEvent.delete(TABLE, image(filter));
        }
        return update(model, rows, filter);
    }

    private static ChangeEvent update(
            RandomModel model, List<Map<String, @Nullable Object>> rows, Map<String, @Nullable Object> filter) {
        Map<String, @Nullable Object> set = new HashMap<>();
        for (int i = 0; i < 1 + model.random.nextInt(2); i++) {
            // what was before is known of what is changed, now and then
            boolean known = model.random.nextInt(3) == 0;
            String column = known ? filter.keySet().iterator().next() : model.column();
            set.put(column, model.valueOrNull(RandomModel.COLUMNS.get(column)));
        }
        for (Map<String, @Nullable Object> row : rows) {
            if (matches(row, filter)) {
                row.putAll(set);
            }
        }
        return ChangeEvent.update(TABLE, image(filter), image(set), ColumnSet.of(set.keySet()));
    }

    private static boolean matches(Map<String, @Nullable Object> row, Map<String, @Nullable Object> filter) {
        return filter.entrySet().stream()
                .allMatch(entry -> Objects.equals(
                        Values.store(RandomModel.COLUMNS.get(entry.getKey()), row.get(entry.getKey())),
                        Values.store(RandomModel.COLUMNS.get(entry.getKey()), entry.getValue())));
    }

    private static Image image(Map<String, @Nullable Object> values) {
        Map<String, AbstractValue> image = new HashMap<>();
        values.forEach((column, value) -> image.put(column, Values.store(RandomModel.COLUMNS.get(column), value)));
        return new Image(image);
    }
}
