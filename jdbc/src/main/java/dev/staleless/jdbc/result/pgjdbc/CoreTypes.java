package dev.staleless.jdbc.result.pgjdbc;

import java.util.Set;
import org.postgresql.core.Oid;

/** The types that the driver knows without asking the database. */
final class CoreTypes {
    private static final Set<Integer> OIDS = Set.of(
            Oid.INT2,
            Oid.INT2_ARRAY,
            Oid.INT4,
            Oid.INT4_ARRAY,
            Oid.OID,
            Oid.OID_ARRAY,
            Oid.INT8,
            Oid.INT8_ARRAY,
            Oid.MONEY,
            Oid.MONEY_ARRAY,
            Oid.NUMERIC,
            Oid.NUMERIC_ARRAY,
            Oid.FLOAT4,
            Oid.FLOAT4_ARRAY,
            Oid.FLOAT8,
            Oid.FLOAT8_ARRAY,
            Oid.CHAR,
            Oid.CHAR_ARRAY,
            Oid.BPCHAR,
            Oid.BPCHAR_ARRAY,
            Oid.VARCHAR,
            Oid.VARCHAR_ARRAY,
            Oid.VARBIT,
            Oid.VARBIT_ARRAY,
            Oid.TEXT,
            Oid.TEXT_ARRAY,
            Oid.NAME,
            Oid.NAME_ARRAY,
            Oid.BYTEA,
            Oid.BYTEA_ARRAY,
            Oid.BOOL,
            Oid.BOOL_ARRAY,
            Oid.BIT,
            Oid.BIT_ARRAY,
            Oid.DATE,
            Oid.DATE_ARRAY,
            Oid.TIME,
            Oid.TIME_ARRAY,
            Oid.TIMETZ,
            Oid.TIMETZ_ARRAY,
            Oid.TIMESTAMP,
            Oid.TIMESTAMP_ARRAY,
            Oid.TIMESTAMPTZ,
            Oid.TIMESTAMPTZ_ARRAY,
            Oid.JSON,
            Oid.JSON_ARRAY,
            Oid.JSONB,
            Oid.JSONB_ARRAY,
            Oid.POINT,
            Oid.POINT_ARRAY,
            Oid.BOX,
            Oid.BOX_ARRAY,
            Oid.UUID,
            Oid.UUID_ARRAY,
            Oid.XML,
            Oid.XML_ARRAY);

    private CoreTypes() {}

    static boolean areKnown(int oid) {
        return OIDS.contains(oid);
    }
}
