package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Partition;

/** Names of tables and partitions. */
final class Names {

    private static final int TABLE = 1;
    private static final int VALUE = 2;
    private static final int REST = 3;

    private Names() {}

    static void writeTable(BinaryWriter out, TableName table) {
        out.name(table.schema());
        out.name(table.name());
    }

    static TableName readTable(BinaryReader in) {
        String schema = in.name();
        return new TableName(schema, in.name());
    }

    static void writePartition(BinaryWriter out, Partition partition) {
        writeTable(out, partition.table());
        String column = partition.column();
        if (column != null) {
            out.octet(VALUE);
            out.name(column);
            out.fixed64(partition.hash());
        } else if (partition.kind() == Partition.Kind.REST) {
            out.octet(REST);
            out.octet((int) partition.hash());
        } else {
            out.octet(TABLE);
        }
    }

    static Partition readPartition(BinaryReader in) {
        TableName table = readTable(in);
        int kind = in.octet();
        return switch (kind) {
            case TABLE -> Partition.table(table);
            case REST -> Partition.rest(table, restNumber(in.octet()));
            case VALUE -> {
                String column = in.name();
                yield Partition.value(table, column, in.fixed64());
            }
            default -> throw new MalformedException("kind of a partition");
        };
    }

    private static int restNumber(int octet) {
        if (octet >= Partition.RESTS) {
            throw new MalformedException("number of a rest log");
        }
        return octet;
    }
}
