package dev.staleless.sql.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Pieces of random SQL over the tables of {@link OracleSchema}: constants and conditions, as text or as parameters. */
class RandomSql {

    /** A statement and the values of its parameters. */
    record Statement(String sql, List<@Nullable Object> parameters) {}

    /** A table in FROM and its alias. */
    record Ref(String alias, OracleSchema.TableDef table) {}

    final SplittableRandom random;
    final StringBuilder sql = new StringBuilder();
    final List<@Nullable Object> parameters = new ArrayList<>();
    private int aliases;

    RandomSql(SplittableRandom random) {
        this.random = random;
    }

    Statement statement() {
        return new Statement(sql.toString(), new ArrayList<>(parameters));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }

    OracleSchema.TableDef table() {
        return OracleSchema.TABLES.get(random.nextInt(OracleSchema.TABLES.size()));
    }

    Ref ref(OracleSchema.TableDef table) {
        return new Ref("t" + aliases++, table);
    }

    RandomSql add(String text) {
        sql.append(text);
        return this;
    }

    // ---- constants

    void constant(String type) {
        if (chance(5)) {
            add("null");
            return;
        }
        Object value = value(type);
        if (chance(50)) {
            parameters.add(value);
            add(type.equals("date") ? "?::date" : "?");
        } else {
            add(literal(value));
        }
    }

    Object value(String type) {
        return switch (type) {
            case "int" -> (long) random.nextInt(5);
            case "text" -> pick("a", "b", "A", "ab", "", "á", "a%");
            case "boolean" -> chance(50);
            default -> LocalDate.of(2020, 1, 1 + random.nextInt(3));
        };
    }

    static String literal(Object value) {
        if (value instanceof LocalDate date) {
            return "date '" + date + "'";
        }
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    // ---- conditions

    String column(List<Ref> refs, String type) {
        List<String> candidates = new ArrayList<>();
        for (Ref ref : refs) {
            for (OracleSchema.ColumnDef column : ref.table().columns()) {
                if (column.type().equals(type)) {
                    candidates.add(ref.alias() + "." + column.name());
                }
            }
        }
        return candidates.isEmpty() ? literal(value(type)) : candidates.get(random.nextInt(candidates.size()));
    }

    void condition(List<Ref> refs, int depth) {
        if (depth > 0 && chance(60)) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    open(refs, depth).add(" and ");
                    condition(refs, depth - 1);
                    add(")");
                }
                case 2, 3 -> {
                    open(refs, depth).add(" or ");
                    condition(refs, depth - 1);
                    add(")");
                }
                case 4 -> {
                    add("not ");
                    open(refs, depth).add(")");
                }
                default ->
                    open(refs, depth)
                            .add(")" + pick(" is true", " is not false", " is unknown", " is not unknown", " is null"));
            }
            return;
        }
        atom(refs, depth);
    }

    private RandomSql open(List<Ref> refs, int depth) {
        add("(");
        condition(refs, depth - 1);
        return this;
    }

    private void atom(List<Ref> refs, int depth) {
        switch (random.nextInt(depth > 0 ? 17 : 15)) {
            case 0, 1, 2 -> compare(refs, "int", pick(" = ", " = ", " <> ", " < ", " >= "));
            case 3 -> compare(refs, "text", pick(" = ", " <> "));
            case 4 -> in(refs);
            case 5 -> add(column(refs, pick("int", "text", "boolean", "date"))).add(pick(" is null", " is not null"));
            case 6 -> between(refs);
            case 7 -> like(refs);
            case 8 -> add(column(refs, "int")).add(" = ").add(column(refs, "int"));
            case 9 -> compare(refs, "int", pick(" is distinct from ", " is not distinct from "));
            case 10 -> add(pick("", "not ")).add(column(refs, "boolean"));
            case 11 -> opaque(refs);
            case 12 -> rows(refs);
            case 13 -> compare(refs, "date", pick(" = ", " < ", " >= "));
            case 14 -> {
                add(pick("lower(", "upper(")).add(column(refs, "text")).add(") = ");
                constant("text");
            }
            default -> subquery(refs, depth - 1);
        }
    }

    private void compare(List<Ref> refs, String type, String operator) {
        add(column(refs, type)).add(operator);
        constant(type);
    }

    private void in(List<Ref> refs) {
        String type = pick("int", "int", "text");
        add(column(refs, type)).add(pick(" in (", " not in (", " = any (array["));
        boolean any = sql.toString().endsWith("[");
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            add(i == 0 ? "" : ", ");
            if (any) {
                add(literal(value(type)));
            } else {
                constant(type);
            }
        }
        add(any ? "])" : ")");
    }

    private void between(List<Ref> refs) {
        add(column(refs, "int")).add(pick(" between ", " not between ", " between symmetric "));
        constant("int");
        add(" and ");
        constant("int");
    }

    private void like(List<Ref> refs) {
        add(column(refs, "text")).add(pick(" like ", " not like ", " ilike "));
        add(pick("'a%'", "'%b'", "'_'", "'A'", "'a\\%'", "'%'"));
    }

    private void opaque(List<Ref> refs) {
        switch (random.nextInt(4)) {
            case 0 -> add(column(refs, "int")).add(" + 1 = ").add(column(refs, "int"));
            case 1 -> add("coalesce(").add(column(refs, "int")).add(", 1) = 1");
            case 2 ->
                add("case when ")
                        .add(column(refs, "boolean"))
                        .add(" then ")
                        .add(column(refs, "int"))
                        .add(" = 1 else true end");
            default -> add(column(refs, "text")).add(" || 'b' = 'ab'");
        }
    }

    private void rows(List<Ref> refs) {
        List<String> columns = Arrays.asList(column(refs, "int"), column(refs, "text"));
        add("(" + String.join(", ", columns) + ")");
        if (chance(50)) {
            add(" = ");
            row();
        } else {
            add(pick(" in (", " not in ("));
            row();
            add(", ");
            row();
            add(")");
        }
    }

    private void row() {
        add("(");
        constant("int");
        add(", ");
        constant("text");
        add(")");
    }

    private void subquery(List<Ref> refs, int depth) {
        Ref inner = ref(table());
        List<Ref> visible = new ArrayList<>(refs);
        visible.add(inner);
        String from = " from " + inner.table().name() + " " + inner.alias() + " where ";
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                add(pick("exists (select 1", "not exists (select 1")).add(from);
                add(column(List.of(inner), "int"))
                        .add(" = ")
                        .add(column(refs, "int"))
                        .add(" and ");
                condition(visible, depth);
                add(")");
            }
            case 2 -> {
                add(column(refs, "int"))
                        .add(pick(" in (select ", " not in (select ", " = any (select ", " < all (select "));
                add(column(List.of(inner), "int")).add(from);
                condition(visible, depth);
                add(")");
            }
            default -> {
                add(column(refs, "int"))
                        .add(" = (select ")
                        .add(pick("max(", "count("))
                        .add(column(List.of(inner), "int"))
                        .add(")")
                        .add(from);
                condition(visible, depth);
                add(")");
            }
        }
    }
}
