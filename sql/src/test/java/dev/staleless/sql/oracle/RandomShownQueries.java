package dev.staleless.sql.oracle;

import java.util.List;
import java.util.SplittableRandom;

/** Random queries whose results show where their rows come from: what rules can look at that see the cached rows. */
final class RandomShownQueries extends RandomSql {

    private static final OracleSchema.TableDef A = OracleSchema.TABLES.get(0);
    private static final OracleSchema.TableDef C = OracleSchema.TABLES.get(1);
    private static final OracleSchema.TableDef E = OracleSchema.TABLES.get(2);
    private static final OracleSchema.TableDef M = OracleSchema.TABLES.get(3);

    RandomShownQueries(SplittableRandom random) {
        super(random);
    }

    static Statement next(SplittableRandom random) {
        RandomShownQueries queries = new RandomShownQueries(random);
        queries.query();
        return queries.statement();
    }

    /** Groups, of which often no more is told than least and greatest values. */
    static Statement grouped(SplittableRandom random) {
        RandomShownQueries queries = new RandomShownQueries(random);
        queries.groups();
        return queries.statement();
    }

    private void query() {
        switch (random.nextInt(17)) {
            case 0, 1 -> rows();
            case 2, 3, 12, 13 -> page();
            case 4 -> children("join");
            case 5, 6, 14 -> children("left join");
            case 7 -> groups();
            case 16 -> recursive();
            case 8, 15 -> totals();
            case 9 -> sought();
            case 10 -> found();
            default -> beside();
        }
    }

    /** The table, or now and then one that is derived from it alone. */
    private String named(Ref ref) {
        if (!chance(8)) {
            return ref.table().name() + " " + ref.alias();
        }
        String columns = String.join(
                ", ",
                ref.table().columns().stream().map(OracleSchema.ColumnDef::name).toList());
        String condition =
                ref.table() == M ? " where c_id < 3" : pick(" where x > 1", " where x is not null", " where id > 0");
        return "(select " + pick("*", columns, "distinct " + columns) + " from "
                + ref.table().name() + pick("", condition)
                + pick("", "", ref.table() == M ? " order by 1, 2 limit 3" : " order by 1 limit 3") + ") "
                + ref.alias();
    }

    private void where(List<Ref> refs, int percent) {
        if (chance(percent)) {
            add(" where ");
            condition(refs, 1);
        }
    }

    private void rows() {
        Ref ref = ref(pick(A, C, E, M));
        String key = ref.table() == M ? "a_id, c_id" : "id";
        add("select ")
                .add(chance(15) ? "distinct " : "")
                .add(pick("*", key + ", s", key, "s, " + key).replace("s", ref.table() == E ? "t" : "s"));
        add(" from ").add(named(ref));
        where(List.of(ref), 80);
    }

    /** Sorted so that no two rows are alike, and cut. */
    private void page() {
        Ref ref = ref(pick(A, C, E));
        String text = ref.table() == E ? "t" : "s";
        String sort = pick("x", "x", "id", text);
        add("select ")
                .add(chance(10) ? "distinct " : "")
                .add(pick("*", "id, x, " + text, "x as y, id, " + text))
                .add(" from ")
                .add(named(ref));
        where(List.of(ref), 40);
        boolean labelled = sql.indexOf("as y") > 0 && sort.equals("x");
        add(" order by ")
                .add(labelled ? pick("y", "x", "1") : sort)
                .add(pick("", " desc", " nulls first", " desc nulls last"));
        add(sort.equals("id") ? "" : pick(", id", ", id desc"));
        add(" limit " + (chance(10) ? 0 : 1 + random.nextInt(2))).add(chance(25) ? " offset 1" : "");
    }

    private void children(String join) {
        Ref parent = ref(pick(A, C));
        Ref child = ref(parent.table() == A ? pick(C, M) : pick(E, M));
        String reference = parent.table() == A ? "a_id" : "c_id";
        String on = child.alias() + "." + reference + " = " + parent.alias() + ".id";
        add("select ")
                .add(pick(
                        "*",
                        parent.alias() + ".id, " + parent.alias() + ".s, " + child.alias() + ".*",
                        parent.alias() + ".*",
                        parent.alias() + ".id, " + column(List.of(child), "int")))
                .add(" from ");
        if (join.equals("left join") && chance(25)) {
            add(named(child) + " right join " + named(parent));
        } else {
            add(named(parent) + " " + join + " " + named(child));
        }
        add(" on ").add(on);
        if (chance(30)) {
            add(" and ");
            condition(List.of(parent, child), 1);
        }
        if (chance(20)) {
            Ref third = ref(pick(A, E));
            add(pick(" join ", " left join ")).add(named(third));
            add(" on ").add(column(List.of(third), "int")).add(" = ").add(column(List.of(parent, child), "int"));
        }
        if (chance(20)) {
            add(" where ").add(child.alias()).add(".x is null or ".replace("x", child.table() == M ? "s" : "x"));
            condition(List.of(child), 0);
        } else {
            where(chance(60) ? List.of(parent) : List.of(parent, child), 70);
        }
    }

    private void groups() {
        Ref parent = ref(A);
        Ref child = ref(C);
        String counted = child.alias() + ".id";
        String compared = child.alias() + ".x";
        add("select ").add(parent.alias()).add(".id, ");
        add(pick(
                        "count(" + counted + "), max(" + compared + ")",
                        "max(" + compared + ")",
                        "max(" + compared + ")",
                        "min(" + compared + ")",
                        "min(" + compared + "), max(" + counted + ")"))
                .add(" from ")
                .add(named(parent))
                .add(pick(" join ", " left join "))
                .add(named(child));
        add(" on ").add(child.alias()).add(".a_id = ").add(parent.alias()).add(".id");
        where(chance(60) ? List.of(parent) : List.of(parent, child), 60);
        add(" group by ").add(parent.alias()).add(".id");
        if (chance(30)) {
            add(" order by ")
                    .add(parent.alias())
                    .add(".id")
                    .add(pick("", " desc"))
                    .add(" limit " + (1 + random.nextInt(2)));
        }
    }

    private void totals() {
        Ref ref = ref(pick(A, C, E));
        String own = ref.alias();
        add("select ")
                .add(pick(
                        "count(*)",
                        "count(" + own + ".id)",
                        "count(*) > 0",
                        "max(" + own + ".x)",
                        "min(" + own + ".x), max(" + own + ".id)",
                        "max(" + own + ".x), 1",
                        "count(*), max(" + own + ".x)"))
                .add(" from ")
                .add(named(ref));
        if (chance(30)) {
            Ref other = ref(pick(A, C));
            add(pick(" join ", " left join ")).add(named(other));
            add(" on ").add(column(List.of(other), "int")).add(" = ").add(column(List.of(ref), "int"));
        }
        where(List.of(ref), 80);
    }

    private void sought() {
        Ref parent = ref(pick(A, C));
        Ref child = ref(parent.table() == A ? pick(C, M) : pick(E, M));
        String reference = parent.table() == A ? "a_id" : "c_id";
        add("select ").add(pick("*", "id, s")).add(" from ").add(named(parent)).add(" where ");
        if (chance(50)) {
            add(pick("", "", "not "))
                    .add("exists (select 1 from ")
                    .add(named(child))
                    .add(" where ");
            add(child.alias())
                    .add(".")
                    .add(reference)
                    .add(" = ")
                    .add(parent.alias())
                    .add(".id and ");
        } else {
            add("id ")
                    .add(pick("", "", "not "))
                    .add("in (select ")
                    .add(child.alias())
                    .add(".")
                    .add(reference);
            add(" from ").add(named(child)).add(" where ");
        }
        condition(chance(60) ? List.of(child) : List.of(parent, child), 1);
        add(")");
        if (chance(40)) {
            add(" and ");
            condition(List.of(parent), 1);
        }
    }

    private void found() {
        Ref ref = ref(pick(A, C, E));
        if (chance(50)) {
            add("select ")
                    .add(pick("", "not "))
                    .add("exists (select ")
                    .add(pick("1", "*", "id"))
                    .add(" from ");
            add(named(ref)).add(" where ");
            condition(List.of(ref), 1);
            add(")");
        } else {
            add("select 1 from ").add(named(ref)).add(" where ");
            condition(List.of(ref), 1);
            add(" limit " + (1 + random.nextInt(2)));
        }
    }

    private void beside() {
        Ref parent = ref(A);
        Ref child = ref(C);
        add("select ").add(parent.alias()).add(".id, (select ").add(pick("count(*)", "max(" + child.alias() + ".x)"));
        add(" from ").add(named(child)).add(" where ");
        add(child.alias()).add(".a_id = ").add(parent.alias()).add(".id");
        if (chance(40)) {
            add(" and ");
            condition(List.of(parent, child), 1);
        }
        add(") from ").add(named(parent));
        where(List.of(parent), 60);
    }

    private void recursive() {
        Ref first = ref(C);
        Ref next = ref(C);
        add("with recursive r as (select ").add(columns(first)).add(" from c ").add(first.alias());
        where(List.of(first), 90);
        add(" union select ").add(columns(next)).add(" from c ").add(next.alias());
        add(" join r on ").add(next.alias()).add(pick(".a_id = r.id", ".x = r.id", ".id = r.x"));
        where(List.of(next), 40);
        add(") select ")
                .add(pick("id, x", "x, id", "a_id, id", "x"))
                .add(" from r")
                .add(pick("", " where x > 1"));
    }

    private static String columns(Ref ref) {
        return ref.alias() + ".id, " + ref.alias() + ".a_id, " + ref.alias() + ".x";
    }
}
