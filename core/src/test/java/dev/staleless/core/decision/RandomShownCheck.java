package dev.staleless.core.decision;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.Contribution.Shown;
import dev.staleless.core.query.Filters;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.Referrals;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.ResultForm.Kind;
import dev.staleless.core.query.ResultForm.SortKey;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One random query over one table, made from its seed, whose cached rows the decision sees: what is wrong, or null. */
final class RandomShownCheck {

    private static final TableName TABLE = new TableName("public", "t");

    private final RandomModel model;
    private final Condition condition;
    private final List<String> selected = new ArrayList<>();
    private final Kind kind;
    private final @Nullable SortKey sort;
    private final int limit;
    private final boolean skips;

    /** Whether the rows keep out others, of a table that never changes and has one for each value of b: NOT EXISTS. */
    private final boolean bars;

    private final boolean greatest;

    private RandomShownCheck(RandomModel model) {
        this.model = model;
        condition = model.random.nextInt(4) == 0 ? Condition.TRUE : model.condition(0, 1);
        Set<String> columns = new HashSet<>(List.of(model.column(), model.column()));
        if (model.random.nextInt(3) > 0) {
            columns.add("id");
        }
        int form = model.random.nextInt(9);
        kind = switch (form) {
            case 0 -> Kind.FOUND;
            case 1 -> Kind.TOTALS;
            case 2, 3 -> Kind.GROUPS;
            default -> Kind.ROWS;
        };
        bars = form == 4;
        greatest = kind == Kind.TOTALS || model.random.nextBoolean();
        boolean page = kind == Kind.ROWS && !bars && model.random.nextInt(3) > 0;
        sort = page ? sort(columns) : null;
        selected.addAll(
                bars
                        ? List.of("b")
                        : kind == Kind.GROUPS
                                ? List.of("f")
                                : columns.stream().sorted().toList());
        limit = 1 + model.random.nextInt(3);
        skips = page && model.random.nextInt(3) == 0;
    }

    private SortKey sort(Set<String> columns) {
        String column = List.of("a", "d", "s", "id").get(model.random.nextInt(4));
        columns.addAll(List.of(column, "id"));
        int position = columns.stream().sorted().toList().indexOf(column);
        ColumnType type = RandomModel.COLUMNS.get(column);
        return new SortKey(0, column, type, position, model.random.nextBoolean(), model.random.nextBoolean());
    }

    /** A write that changes the result affects it. */
    static @Nullable String write(Decision decision, long seed) {
        RandomModel model = new RandomModel(seed);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (long id = 0; id < model.random.nextInt(6); id++) {
            rows.add(model.row(id));
        }
        RandomShownCheck check = new RandomShownCheck(model);
        List<@Nullable Object[]> before = check.result(rows);
        ChangeEvent event = RandomCheck.write(model, rows);
        List<@Nullable Object[]> after = check.result(rows);
        boolean changed = !check.text(before).equals(check.text(after));
        Verdict verdict = decision.verdict(check.query(), IndexedRows.of(new Rows(before, check.columns())), event);
        return changed && !verdict.affected()
                ? check.query().template() + " was " + check.text(before) + " and is " + check.text(after) + " after "
                        + event + ", but " + verdict
                : null;
    }

    private List<@Nullable Object[]> result(List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> part = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            if (new Reference(List.of(row)).truth(condition) == Truth.TRUE) {
                part.add(row);
            }
        }
        return switch (kind) {
            case FOUND -> List.<@Nullable Object[]>of(new @Nullable Object[] {!part.isEmpty()});
            case TOTALS -> List.<@Nullable Object[]>of(new @Nullable Object[] {extreme(part)});
            case GROUPS -> groups(part);
            default -> bars ? notBarred(part) : page(part);
        };
    }

    private @Nullable Object extreme(List<Map<String, @Nullable Object>> rows) {
        Comparator<Long> order = Comparator.naturalOrder();
        return rows.stream()
                .map(row -> (Long) row.get("a"))
                .filter(java.util.Objects::nonNull)
                .max(greatest ? order : order.reversed())
                .orElse(null);
    }

    private List<@Nullable Object[]> groups(List<Map<String, @Nullable Object>> rows) {
        Map<@Nullable Object, List<Map<String, @Nullable Object>>> groups = new HashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(row.get("f"), key -> new ArrayList<>()).add(row));
        List<@Nullable Object[]> result = new ArrayList<>();
        groups.forEach((key, group) -> result.add(new @Nullable Object[] {key, extreme(group)}));
        return result;
    }

    private static List<@Nullable Object[]> notBarred(List<Map<String, @Nullable Object>> rows) {
        List<@Nullable Object[]> result = new ArrayList<>();
        for (long value = 0; value < 4; value++) {
            Object b = value;
            if (rows.stream().noneMatch(row -> b.equals(row.get("b")))) {
                result.add(new @Nullable Object[] {b});
            }
        }
        return result;
    }

    private int columns() {
        return kind == Kind.ROWS ? selected.size() : kind == Kind.GROUPS ? 2 : 1;
    }

    private List<@Nullable Object[]> page(List<Map<String, @Nullable Object>> rows) {
        SortKey by = sort;
        if (by != null) {
            rows.sort((one, other) -> compare(by, one, other));
        }
        List<@Nullable Object[]> page = new ArrayList<>();
        int first = skips ? 1 : 0;
        int last = sort == null ? rows.size() : Math.min(rows.size(), first + limit);
        for (int i = first; i < last; i++) {
            Map<String, @Nullable Object> row = rows.get(i);
            page.add(selected.stream().map(row::get).toArray());
        }
        return page;
    }

    private static int compare(SortKey sort, Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        Object left = one.get(sort.column());
        Object right = other.get(sort.column());
        int order;
        if (left == null || right == null) {
            order = left == right ? 0 : (left == null) == sort.nullsFirst() ? -1 : 1;
        } else if (left instanceof String) {
            order = Arrays.compare(
                    ((String) left).codePoints().toArray(),
                    ((String) right).codePoints().toArray());
            order = sort.descending() ? -order : order;
        } else {
            order = new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
            order = sort.descending() ? -order : order;
        }
        return order != 0 ? order : String.valueOf(one.get("id")).compareTo(String.valueOf(other.get("id")));
    }

    private List<String> text(List<@Nullable Object[]> rows) {
        List<String> text = new ArrayList<>();
        rows.forEach(row -> text.add(Arrays.toString(row)));
        if (sort == null) {
            text.sort(null);
        }
        return text;
    }

    private Query query() {
        Set<String> membership = new HashSet<>(Set.of("id"));
        RandomCheck.addColumns(condition, 0, membership);
        Set<String> read = new HashSet<>(membership);
        List<SortKey> order = new ArrayList<>();
        if (sort != null) {
            order.add(sort);
            membership.add(sort.column());
        }
        Map<String, Shown> shown = new HashMap<>();
        Set<String> elsewhere = new HashSet<>(sort == null ? List.of() : List.of("id", sort.column()));
        for (int i = 0; i < selected.size() && (kind == Kind.ROWS || kind == Kind.GROUPS); i++) {
            read.add(selected.get(i));
            elsewhere.add(selected.get(i));
            ColumnType type = RandomModel.COLUMNS.get(selected.get(i));
            shown.put(selected.get(i), new Shown(i, type, !bars));
        }
        if (kind == Kind.TOTALS || kind == Kind.GROUPS) {
            read.add("a");
            elsewhere.add("a");
            membership.add(kind == Kind.TOTALS ? "a" : "f");
        }
        if (bars) {
            membership.add("b");
        }
        List<String> key = shown.containsKey("id") ? List.of("id") : List.of();
        TableUse use = new TableUse(
                0,
                "t",
                TABLE,
                ColumnSet.of(read),
                ColumnSet.of(membership),
                condition,
                Map.of(),
                new Contribution(bars ? Role.BARRED : Role.COMBINED, shown, Map.of(), key),
                Referrals.NONE,
                filters(elsewhere));
        return new Query(
                new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), 0, Set.of(), form(order)),
                "",
                Parameters.NONE);
    }

    private Filters filters(Set<String> elsewhere) {
        List<Condition> parts = condition instanceof Condition.And and ? and.parts() : List.of(condition);
        List<Filters.Filter> filters = new ArrayList<>();
        for (Condition part : parts) {
            Set<String> columns = new HashSet<>();
            RandomCheck.addColumns(part, 0, columns);
            filters.add(new Filters.Filter(part, ColumnSet.of(columns)));
        }
        return new Filters(filters, ColumnSet.of(elsewhere), ColumnSet.NONE);
    }

    private ResultForm form(List<SortKey> order) {
        ResultForm.Aggregate extreme = new ResultForm.Extreme(0, "a", RandomModel.COLUMNS.get("a"), greatest);
        List<ResultForm.Aggregate> aggregates = switch (kind) {
            case TOTALS -> List.of(extreme);
            case GROUPS -> List.of(new ResultForm.Fixed(), extreme);
            default -> List.of();
        };
        return new ResultForm(
                kind,
                columns(),
                sort == null ? null : new Operand.Literal((long) limit, false),
                skips,
                false,
                false,
                order,
                aggregates);
    }

    /** Rows as they are. */
    private record Rows(List<@Nullable Object[]> rows, int columns) implements CachedRows {
        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public @Nullable Object value(int row, int column) {
            return rows.get(row)[column];
        }
    }
}
