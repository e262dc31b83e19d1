package dev.staleless.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random changes. */
final class RandomWrites extends RandomSql {

    RandomWrites(SplittableRandom random) {
        super(random);
    }

    static Statement next(SplittableRandom random) {
        RandomWrites writes = new RandomWrites(random);
        writes.write();
        return writes.statement();
    }

    private void write() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> insert();
            case 3, 4, 5, 6 -> update();
            case 7, 8 -> delete();
            case 9 -> updateFrom();
            case 10 -> insertSelect();
            case 11 -> merge();
            case 12 -> nested();
            case 13, 14 -> shift();
            default -> add(pick("truncate m", "truncate e", "truncate m, e", "delete from m", "delete from e"));
        }
    }

    private void insert() {
        OracleSchema.TableDef table = table();
        boolean all = chance(30);
        List<OracleSchema.ColumnDef> columns = new ArrayList<>();
        for (OracleSchema.ColumnDef column : table.plain()) {
            if (all || isKey(column) || table.name().equals("m") || chance(60)) {
                columns.add(column);
            }
        }
        add("insert into ").add(table.name());
        if (!all) {
            add(" ("
                    + String.join(
                            ", ",
                            columns.stream().map(OracleSchema.ColumnDef::name).toList()) + ")");
        }
        add(" values ");
        int rows = chance(30) ? 2 : 1;
        for (int i = 0; i < rows; i++) {
            add(i == 0 ? "(" : ", (");
            int key = random.nextInt(4) + 4 * i;
            for (int j = 0; j < columns.size(); j++) {
                add(j == 0 ? "" : ", ");
                if (isKey(columns.get(j)) && !table.name().equals("m")) {
                    add(String.valueOf(key));
                } else if (chance(5) && !table.name().equals("m")) {
                    add("default");
                } else {
                    assigned(columns.get(j));
                }
            }
            add(")");
        }
        conflict(table);
    }

    private static boolean isKey(OracleSchema.ColumnDef column) {
        return column.name().equals("id");
    }

    private void assigned(OracleSchema.ColumnDef column) {
        constant(column.type());
    }

    private void conflict(OracleSchema.TableDef table) {
        String key = table.name().equals("m") ? "a_id, c_id" : "id";
        switch (random.nextInt(4)) {
            case 0 -> add(" on conflict do nothing");
            case 1 -> {
                String column = table.name().equals("e") ? "t" : "s";
                add(" on conflict (" + key + ") do update set ").add(column).add(" = ");
                add(pick("excluded." + column, "'b'", table.name() + "." + column + " || 'b'"));
                if (chance(40)) {
                    add(" where ");
                    condition(List.of(new Ref(table.name(), table)), 1);
                }
            }
            default -> {}
        }
    }

    private void update() {
        Ref ref = ref(table());
        add("update ").add(ref.table().name()).add(" ").add(ref.alias()).add(" set ");
        assignments(ref, true);
        where(List.of(ref));
    }

    private void assignments(Ref ref, boolean keys) {
        List<OracleSchema.ColumnDef> plain = new ArrayList<>(ref.table().plain());
        if (!keys || chance(80)) {
            plain.removeIf(RandomWrites::isKey);
        }
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count && !plain.isEmpty(); i++) {
            OracleSchema.ColumnDef column = plain.remove(random.nextInt(plain.size()));
            add(i == 0 ? "" : ", ").add(column.name()).add(" = ");
            boolean sum = column.type().equals("int") && chance(20);
            if (sum) {
                add(ref.alias()).add(".").add(column.name()).add(" + 1");
            } else if (chance(10)) {
                add(column(List.of(ref), column.type()));
            } else if (chance(5)) {
                add("default");
            } else {
                assigned(column);
            }
        }
    }

    private void shift() {
        add("update ").add(OracleSchema.TABLES.get(random.nextInt(3)).name()).add(" set x = ");
        constant("int");
        add(" where x = ");
        constant("int");
    }

    private void where(List<Ref> refs) {
        if (chance(90)) {
            add(" where ");
            condition(refs, 2);
        }
    }

    private void delete() {
        Ref ref = ref(table());
        add("delete from ").add(ref.table().name()).add(" ").add(ref.alias());
        if (chance(25)) {
            Ref other = ref(table());
            add(" using ").add(other.table().name()).add(" ").add(other.alias());
            add(" where ")
                    .add(column(List.of(ref), "int"))
                    .add(" = ")
                    .add(column(List.of(other), "int"))
                    .add(" and ");
            condition(List.of(ref, other), 2);
        } else {
            where(List.of(ref));
        }
    }

    private void updateFrom() {
        Ref ref = ref(table());
        Ref other = ref(table());
        add("update ").add(ref.table().name()).add(" ").add(ref.alias()).add(" set ");
        assignments(ref, false);
        add(" from ").add(other.table().name()).add(" ").add(other.alias()).add(" where ");
        add(column(List.of(ref), "int"))
                .add(" = ")
                .add(column(List.of(other), "int"))
                .add(" and ");
        condition(List.of(ref, other), 2);
    }

    private void insertSelect() {
        add("insert into e (id, c_id, x, t) select 10 + c.id, c.id, ")
                .add(pick("3", "c.x", "null"))
                .add(", ")
                .add(pick("'ab'", "c.s"));
        add(" from c where ");
        condition(List.of(new Ref("c", OracleSchema.TABLES.get(1))), 1);
    }

    private void merge() {
        add("merge into e t using c s on t.id = s.id when matched and ");
        condition(List.of(new Ref("t", OracleSchema.TABLES.get(2)), new Ref("s", OracleSchema.TABLES.get(1))), 1);
        add(pick(" then update set x = s.x, t = 'b'", " then delete"))
                .add(" when not matched then insert (id, x) values (s.id, 2)");
    }

    private void nested() {
        add("with w as (update c set x = ");
        constant("int");
        add(" where ");
        condition(List.of(new Ref("c", OracleSchema.TABLES.get(1))), 1);
        add(" returning id) ").add(pick("select * from w", "delete from m using w where m.c_id = w.id"));
    }
}
