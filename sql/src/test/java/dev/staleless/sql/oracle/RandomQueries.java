package dev.staleless.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random queries, of every shape that the analyser looks into. */
final class RandomQueries extends RandomSql {

    RandomQueries(SplittableRandom random) {
        super(random);
    }

    static Statement next(SplittableRandom random) {
        RandomQueries queries = new RandomQueries(random);
        queries.query();
        return queries.statement();
    }

    static Statement demanding(SplittableRandom random) {
        RandomQueries queries = new RandomQueries(random);
        queries.demanding();
        return queries.statement();
    }

    private void query() {
        if (chance(20)) {
            demanding();
            return;
        }
        switch (random.nextInt(17)) {
            case 0, 1 -> simple();
            case 13 -> computed();
            case 14, 15 -> pinned();
            case 2, 3, 4 -> joined(false);
            case 5, 6 -> joined(true);
            case 7 -> aggregate();
            case 8 -> setOperation();
            case 9 -> derived();
            case 10 -> commonTable();
            case 11 -> recursive();
            case 12 -> using();
            default -> scalar();
        }
    }

    /** A query that demands something of the columns of one within it. */
    private void demanding() {
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                add("select d.*").add(chance(30) ? ", e.x" : "").add(" from (");
                within();
                add(") d");
                demand(pick(" join ", " left join ", " right join ", ", "));
            }
            case 2 -> {
                add("with d as (");
                within();
                add(") select d.* from d");
                demand(pick(" join ", " left join ", ", "));
            }
            case 3 -> {
                add("select a.id, d.v from a ").add(pick("join", "left join")).add(" lateral (select ");
                add("c.x as v, c.s as w from c where c.a_id = a.id and ");
                condition(List.of(new Ref("c", OracleSchema.TABLES.get(1))), 1);
                add(chance(30) ? " order by c.id limit 1" : "").add(") d on true where ");
                demanded();
                add(chance(50) ? " and a.id = " + random.nextInt(4) : "");
            }
            case 4 -> {
                add("select x, count(*) from a where ");
                condition(List.of(new Ref("a", OracleSchema.TABLES.get(0))), 1);
                add(" group by x having ").add(pick("x = ", "x > ", "x <> ")).add("" + random.nextInt(4));
                add(chance(50) ? " and count(*) > 1" : "");
            }
            case 5, 6 -> {
                add("select a.id, a.s from a where a.")
                        .add(pick("x", "id"))
                        .add(" = " + random.nextInt(4))
                        .add(" and a.")
                        .add(pick("x", "id"))
                        .add(pick(" in (", " in (", " = any (", " not in ("))
                        .add("select v from (");
                within();
                add(") d)");
            }
            default -> {
                add("select id, x, a.s from a ")
                        .add(pick("join", "left join", "right join", "full join"))
                        .add(" c using (id")
                        .add(pick(")", ", x)"))
                        .add(" where id = " + random.nextInt(4));
                add(chance(50) ? " or id is null" : "");
                if (sql.indexOf(", x)") < 0) {
                    String query = sql.toString().replace("select id, x, ", "select id, a.x, ");
                    sql.setLength(0);
                    sql.append(query);
                }
            }
        }
    }

    private void demand(String join) {
        Ref other = new Ref("e", OracleSchema.TABLES.get(1));
        boolean joined = chance(60);
        if (joined) {
            add(join).add("c e");
            if (!join.equals(", ")) {
                add(" on e.").add(pick("id", "a_id", "x")).add(" = d.v");
                add(chance(30) ? " and d.v < 3" : "");
            }
        } else if (sql.indexOf(", e.x") > 0) {
            add(", c e");
        }
        add(" where ");
        demanded();
        if (joined && chance(40)) {
            add(" and e.").add(pick("x", "id")).add(pick(" = d.v", " = 2"));
        }
    }

    private void demanded() {
        add(
                switch (random.nextInt(7)) {
                    case 0, 1, 2 -> "d.v = " + random.nextInt(4);
                    case 3 -> "d.v in (1, " + random.nextInt(4) + ")";
                    case 4 -> "(d.v > 1 or d.w = 'a')";
                    case 5 -> "d.v is null";
                    default -> "d.w = 'a'";
                });
    }

    /** A query with the columns v and w. */
    private void within() {
        switch (random.nextInt(9)) {
            case 0, 1 -> block("select ");
            case 2 -> block("select distinct ");
            case 3 -> {
                block("select ");
                add(pick(" union ", " union all ", " except ", " intersect "));
                block("select ");
            }
            case 4 -> {
                block("select ");
                add(" order by 1, 2 limit 2");
            }
            case 5 -> {
                Ref ref = ref(table());
                String v = column(List.of(ref), "int");
                add("select ")
                        .add(v)
                        .add(" as v, max(")
                        .add(column(List.of(ref), "text"))
                        .add(") as w from ")
                        .add(named(ref));
                add(" where ");
                condition(List.of(ref), 1);
                add(" group by ").add(chance(50) ? "1" : v);
            }
            case 6 -> {
                Ref ref = ref(OracleSchema.TABLES.get(0));
                add("select x as v, max(s) over (partition by y) as w from ")
                        .add(named(ref))
                        .add(" where ");
                condition(List.of(ref), 1);
            }
            case 7 -> {
                Ref left = ref(OracleSchema.TABLES.get(0));
                Ref right = ref(OracleSchema.TABLES.get(1));
                add("select ")
                        .add(pick(left, right).alias())
                        .add(".x as v, ")
                        .add(pick(left, right).alias())
                        .add(".s as w from ");
                add(named(left))
                        .add(pick(" join ", " left join ", " right join ", " full join "))
                        .add(named(right));
                add(" on ").add(left.alias()).add(".id = ").add(right.alias()).add(".a_id");
            }
            default -> {
                add("select v, w from (");
                block("select ");
                add(") i where i.v <> 1");
            }
        }
    }

    private void block(String select) {
        Ref ref = ref(table());
        List<Ref> refs = List.of(ref);
        add(select)
                .add(column(refs, "int"))
                .add(" as v, ")
                .add(column(refs, "text"))
                .add(" as w from ")
                .add(named(ref))
                .add(" where ");
        condition(refs, 1);
    }

    private void simple() {
        Ref ref = ref(table());
        List<Ref> refs = List.of(ref);
        add("select ")
                .add(chance(20) ? "distinct " : "")
                .add(items(refs))
                .add(" from ")
                .add(named(ref))
                .add(" where ");
        condition(refs, 3);
        if (chance(30) && !sql.toString().contains("distinct ")) {
            String key = ref.table().name().equals("m") ? "a_id, c_id" : "id";
            add(" order by ")
                    .add(column(refs, "int"))
                    .add(pick("", " desc", " nulls first"))
                    .add(", ")
                    .add(key);
            if (chance(60)) {
                add(" limit " + (1 + random.nextInt(3))).add(chance(30) ? " offset 1" : "");
            }
        }
    }

    private void computed() {
        Ref ref = ref(OracleSchema.TABLES.get(2));
        add("select ")
                .add(pick("g", "count(*)", "id, g"))
                .add(" from ")
                .add(named(ref))
                .add(" where g ");
        add(pick("= ", "<> ", ">= ")).add(String.valueOf(2 * random.nextInt(5)));
    }

    private void pinned() {
        Ref ref = ref(OracleSchema.TABLES.get(random.nextInt(3)));
        add("select id, x from ")
                .add(named(ref))
                .add(" where ")
                .add(ref.alias())
                .add(".x = ");
        constant("int");
    }

    private static String named(Ref ref) {
        return ref.table().name() + " " + ref.alias();
    }

    private String items(List<Ref> refs) {
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1 -> refs.get(0).alias() + ".*";
            case 2 -> "count(*)";
            case 3 -> refs.get(0).alias() + "::text";
            default -> column(refs, "int") + ", " + column(refs, pick("text", "boolean", "int"));
        };
    }

    private void joined(boolean outer) {
        List<Ref> refs = new ArrayList<>();
        int size = 2 + random.nextInt(2);
        for (int i = 0; i < size; i++) {
            refs.add(ref(table()));
        }
        add("select ").add(items(refs)).add(" from ").add(named(refs.get(0)));
        for (int i = 1; i < size; i++) {
            add(
                    outer
                            ? pick(" left join ", " left join ", " right join ", " full join ", " join ")
                            : pick(" join ", " join ", " cross join "));
            boolean cross = sql.toString().endsWith("cross join ");
            boolean full = sql.toString().endsWith("full join ");
            add(named(refs.get(i)));
            if (!cross) {
                add(" on ")
                        .add(refs.get(i).alias())
                        .add(".")
                        .add(intColumn(refs.get(i)))
                        .add(" = ")
                        .add(column(refs.subList(0, i), "int"));
                // a full join takes only conditions that can be merged
                if (!full && chance(50)) {
                    add(" and ");
                    condition(refs.subList(0, i + 1), 1);
                }
            }
        }
        if (chance(80)) {
            add(" where ");
            condition(refs, 2);
        }
    }

    private String intColumn(Ref ref) {
        List<String> names = ref.table().columns().stream()
                .filter(c -> c.type().equals("int"))
                .map(OracleSchema.ColumnDef::name)
                .toList();
        return names.get(random.nextInt(names.size()));
    }

    private void aggregate() {
        Ref ref = ref(table());
        List<Ref> refs = List.of(ref);
        String group = column(refs, "int");
        add("select ")
                .add(group)
                .add(", count(*), max(")
                .add(column(refs, "int"))
                .add("), sum(")
                .add(column(refs, "int"));
        add(") filter (where ");
        condition(refs, 1);
        add(") from ").add(named(ref)).add(" where ");
        condition(refs, 2);
        add(" group by ").add(group);
        if (chance(50)) {
            add(" having count(*) > " + random.nextInt(3))
                    .add(" and max(")
                    .add(column(refs, "int"))
                    .add(") < 4");
        }
    }

    private void setOperation() {
        block();
        add(pick(" union ", " union all ", " except ", " intersect ", " except all "));
        block();
    }

    private void block() {
        Ref ref = ref(table());
        List<Ref> refs = List.of(ref);
        add("select ")
                .add(column(refs, "int"))
                .add(", ")
                .add(column(refs, "text"))
                .add(" from ")
                .add(named(ref))
                .add(" where ");
        condition(refs, 2);
    }

    private void derived() {
        Ref left = ref(table());
        Ref right = ref(table());
        boolean lateral = chance(50);
        add("select d.*, ").add(column(List.of(left), "int")).add(" from ").add(named(left));
        add(pick(" join ", " left join ")).add(lateral ? "lateral (" : "(");
        add("select ")
                .add(column(List.of(right), "int"))
                .add(" as v, count(*) as n from ")
                .add(named(right))
                .add(" where ");
        condition(lateral ? List.of(left, right) : List.of(right), 2);
        add(" group by 1) d on d.v = ").add(column(List.of(left), "int"));
        add(" where ");
        condition(List.of(left), 2);
    }

    private void commonTable() {
        Ref ref = ref(table());
        add("with q as (select ")
                .add(column(List.of(ref), "int"))
                .add(" as v from ")
                .add(named(ref))
                .add(" where ");
        condition(List.of(ref), 2);
        Ref other = ref(table());
        add(") select q.v, ")
                .add(column(List.of(other), "text"))
                .add(" from q, ")
                .add(named(other))
                .add(" where q.v = ");
        add(column(List.of(other), "int")).add(" and ");
        condition(List.of(other), 2);
    }

    private void recursive() {
        Ref first = ref(OracleSchema.TABLES.get(0));
        Ref next = ref(OracleSchema.TABLES.get(0));
        add("with recursive r as (select ")
                .add(first.alias())
                .add(".id, ")
                .add(first.alias())
                .add(".x from a ")
                .add(first.alias())
                .add(" where ");
        condition(List.of(first), 1);
        add(" union select ")
                .add(next.alias())
                .add(".id, ")
                .add(next.alias())
                .add(".x from a ")
                .add(next.alias());
        add(" join r on r.x = ").add(next.alias()).add(".id where ");
        condition(List.of(next), 1);
        add(") select * from r");
    }

    private void using() {
        add("select ").add(pick("*", "count(*)", "x, p.s", "p.id")).add(" from a p");
        add(pick(" natural join ", " natural left join ", " join ", " left join ", " full join "));
        boolean natural = sql.toString().contains("natural");
        add("c q").add(natural ? "" : pick(" using (id)", " using (x, id)"));
        if (chance(70)) {
            add(" where ");
            condition(List.of(new Ref("p", OracleSchema.TABLES.get(0)), new Ref("q", OracleSchema.TABLES.get(1))), 2);
        }
    }

    private void scalar() {
        Ref ref = ref(table());
        Ref inner = ref(table());
        add("select ")
                .add(column(List.of(ref), "int"))
                .add(", (select count(*) from ")
                .add(named(inner))
                .add(" where ");
        condition(List.of(ref, inner), 2);
        add("), row_number() over (partition by ")
                .add(column(List.of(ref), "int"))
                .add(" order by ");
        add(ref.table().name().equals("m") ? ref.alias() + ".a_id, " + ref.alias() + ".c_id" : ref.alias() + ".id");
        add(") from ").add(named(ref)).add(" where ");
        condition(List.of(ref), 2);
    }
}
