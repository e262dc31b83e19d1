package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;

/** Names of tables. */
final class Names {

    private Names() {}

    static void writeTable(BinaryWriter out, TableName table) {
        out.name(table.schema());
        out.name(table.name());
    }

    static TableName readTable(BinaryReader in) {
        String schema = in.name();
        return new TableName(schema, in.name());
    }
}
