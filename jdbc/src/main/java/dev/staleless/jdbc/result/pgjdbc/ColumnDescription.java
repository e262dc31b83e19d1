package dev.staleless.jdbc.result.pgjdbc;

import org.postgresql.core.Field;

/** A column of a result as the server described it. */
record ColumnDescription(String label, int oid, short length, int modifier, int tableOid, int position, int format) {
    static ColumnDescription of(Field field) {
        return new ColumnDescription(
                field.getColumnLabel(),
                field.getOID(),
                field.getLength(),
                field.getMod(),
                field.getTableOid(),
                field.getPositionInTable(),
                field.getFormat());
    }

    /** A description the driver may fill with what it learns. */
    Field toField() {
        Field field = new Field(label, oid, length, modifier, tableOid, position);
        field.setFormat(format);
        return field;
    }
}
