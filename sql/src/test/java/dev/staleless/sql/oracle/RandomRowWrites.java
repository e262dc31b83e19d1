package dev.staleless.sql.oracle;

import java.util.List;
import java.util.SplittableRandom;

/** Random changes of single rows, as applications write them: by key, with all columns, to what is there already as well. */
final class RandomRowWrites extends RandomSql {

    RandomRowWrites(SplittableRandom random) {
        super(random);
    }

    static Statement next(SplittableRandom random) {
        RandomRowWrites writes = new RandomRowWrites(random);
        writes.write();
        return writes.statement();
    }

    /** Of one row of which a value is known, which may be what changes. */
    static Statement ofKnownValue(SplittableRandom random) {
        RandomRowWrites writes = new RandomRowWrites(random);
        String row = " where id = " + random.nextInt(4) + " and x = " + random.nextInt(4);
        writes.add(writes.chance(70) ? "update c set x = " + random.nextInt(5) : "delete from c")
                .add(row);
        return writes.statement();
    }

    private void write() {
        OracleSchema.TableDef table = OracleSchema.TABLES.get(random.nextInt(4));
        switch (random.nextInt(7)) {
            case 0, 1 -> insert(table);
            case 6 -> again(table);
            case 2 -> {
                add("delete from ").add(table.name());
                row(table);
            }
            default -> update(table);
        }
    }

    private void insert(OracleSchema.TableDef table) {
        add("insert into ").add(table.name()).add(" (");
        List<OracleSchema.ColumnDef> columns = table.plain();
        for (int i = 0; i < columns.size(); i++) {
            add(i == 0 ? "" : ", ").add(columns.get(i).name());
        }
        add(") values (");
        for (int i = 0; i < columns.size(); i++) {
            add(i == 0 ? "" : ", ");
            if (columns.get(i).name().equals("id")) {
                add(String.valueOf(random.nextInt(9)));
            } else {
                constant(columns.get(i).type());
            }
        }
        add(") on conflict do nothing");
    }

    private void update(OracleSchema.TableDef table) {
        add("update ").add(table.name()).add(" set ");
        List<OracleSchema.ColumnDef> columns = table.plain();
        boolean all = chance(50);
        int only = random.nextInt(columns.size());
        int assigned = 0;
        for (int i = 0; i < columns.size(); i++) {
            boolean key = columns.get(i).name().equals("id") && chance(95);
            if (all && !key || i == only) {
                add(assigned++ == 0 ? "" : ", ").add(columns.get(i).name()).add(" = ");
                constant(columns.get(i).type());
            }
        }
        row(table);
    }

    /** Writes what is there. */
    private void again(OracleSchema.TableDef table) {
        String column = table.name().equals("m") ? "c_id" : "x";
        int value = random.nextInt(5);
        add("update " + table.name() + " set " + column + " = " + value);
        row(table);
        add(" and " + column + " = " + value);
    }

    private void row(OracleSchema.TableDef table) {
        add(" where ");
        if (table.name().equals("m")) {
            add("a_id = " + random.nextInt(4)).add(chance(70) ? " and c_id = " + random.nextInt(4) : "");
        } else {
            add(pick("id", "id", "id", "id", "x"))
                    .add(pick(" = ", " = ", " = ", " >= "))
                    .add("" + random.nextInt(5));
            add(chance(45) ? " and x = " + random.nextInt(5) : "");
        }
    }
}
