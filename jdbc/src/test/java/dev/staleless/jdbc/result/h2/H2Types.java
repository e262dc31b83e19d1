package dev.staleless.jdbc.result.h2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of each type of H2, as expressions. */
final class H2Types {
    static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("INTEGER", List.of("0", "-1", "2147483647"));
        VALUES.put("TINYINT", List.of("-128", "127"));
        VALUES.put("SMALLINT", List.of("-32768", "1"));
        VALUES.put("BIGINT", List.of("-9223372036854775808", "42"));
        VALUES.put("BOOLEAN", List.of("TRUE", "FALSE"));
        VALUES.put("NUMERIC(20, 3)", List.of("1.5", "-12345678901234567.891"));
        VALUES.put("DECIMAL(5)", List.of("7"));
        VALUES.put("DECFLOAT(20)", List.of("1E+200", "-0.00125", "'NaN'", "'Infinity'", "'-Infinity'"));
        VALUES.put("REAL", List.of("1.25", "'NaN'", "-0.0", "3.4E38"));
        VALUES.put("DOUBLE PRECISION", List.of("0.1", "'Infinity'", "1E300"));
        VALUES.put("FLOAT(20)", List.of("2.5"));
        VALUES.put("CHARACTER VARYING", List.of("''", "'a ''b'''", "'12'", "'2024-02-29 12:00:00'", "U&'\\+01f600'"));
        VALUES.put("CHARACTER VARYING(4)", List.of("'true'"));
        VALUES.put("CHARACTER(5)", List.of("'ab'", "''"));
        VALUES.put("VARCHAR_IGNORECASE(10)", List.of("'MiXed'"));
        VALUES.put("BINARY(3)", List.of("X'0102'", "X'ffffff'"));
        VALUES.put("BINARY VARYING", List.of("X''", "X'00ff10'"));
        VALUES.put("DATE", List.of("DATE '2024-02-29'", "DATE '-0044-03-15'", "DATE '12345-01-01'"));
        VALUES.put("TIME", List.of("TIME '23:59:59'", "TIME '00:00:00'"));
        VALUES.put("TIME(9)", List.of("TIME '01:02:03.123456789'"));
        VALUES.put("TIME(3) WITH TIME ZONE", List.of("TIME WITH TIME ZONE '01:02:03.5+05:45'"));
        VALUES.put("TIMESTAMP", List.of("TIMESTAMP '2024-03-31 02:30:00.123456'", "TIMESTAMP '1582-10-10 00:00:00'"));
        VALUES.put("TIMESTAMP(9)", List.of("TIMESTAMP '2024-10-27 02:30:00.123456789'"));
        VALUES.put(
                "TIMESTAMP(9) WITH TIME ZONE",
                List.of(
                        "TIMESTAMP WITH TIME ZONE '2024-06-01 12:00:00.5+02'",
                        "TIMESTAMP WITH TIME ZONE '0001-01-01 00:00:00-08:30'"));
        VALUES.put("INTERVAL YEAR", List.of("INTERVAL '-5' YEAR"));
        VALUES.put("INTERVAL MONTH", List.of("INTERVAL '11' MONTH"));
        VALUES.put("INTERVAL DAY(4)", List.of("INTERVAL '1000' DAY"));
        VALUES.put("INTERVAL HOUR", List.of("INTERVAL '3' HOUR"));
        VALUES.put("INTERVAL MINUTE", List.of("INTERVAL '3' MINUTE"));
        VALUES.put("INTERVAL SECOND(4, 3)", List.of("INTERVAL '10.125' SECOND", "INTERVAL '-0.5' SECOND"));
        VALUES.put("INTERVAL YEAR TO MONTH", List.of("INTERVAL '1-2' YEAR TO MONTH"));
        VALUES.put("INTERVAL DAY TO HOUR", List.of("INTERVAL '1 2' DAY TO HOUR"));
        VALUES.put("INTERVAL DAY TO MINUTE", List.of("INTERVAL '1 2:03' DAY TO MINUTE"));
        VALUES.put("INTERVAL DAY TO SECOND", List.of("INTERVAL '-1 2:03:04.5' DAY TO SECOND"));
        VALUES.put("INTERVAL HOUR TO MINUTE", List.of("INTERVAL '2:03' HOUR TO MINUTE"));
        VALUES.put("INTERVAL HOUR TO SECOND", List.of("INTERVAL '2:03:04' HOUR TO SECOND"));
        VALUES.put("INTERVAL MINUTE TO SECOND", List.of("INTERVAL '3:04' MINUTE TO SECOND"));
        VALUES.put("ENUM('red', 'dark blue')", List.of("'red'", "'dark blue'"));
        VALUES.put("UUID", List.of("'00112233-4455-6677-8899-aabbccddeeff'"));
        VALUES.put("JSON", List.of("JSON '{\"a\": [1, null]}'", "JSON 'null'", "JSON '\"text\"'"));
        VALUES.put("GEOMETRY", List.of("'POINT (1 2)'"));
        VALUES.put("GEOMETRY(POINT, 4326)", List.of("'SRID=4326;POINT (1 2)'"));
        VALUES.put("INTEGER ARRAY", List.of("ARRAY[1, NULL, 3]", "ARRAY[]"));
        VALUES.put("CHARACTER VARYING(5) ARRAY[4]", List.of("ARRAY['a', 'b']"));
        VALUES.put("ENUM('x', 'y') ARRAY", List.of("ARRAY['x', 'y', NULL]"));
        VALUES.put("INTEGER ARRAY ARRAY", List.of("ARRAY[ARRAY[1], ARRAY[2, 3]]"));
        VALUES.put("ROW(a INTEGER, b CHARACTER VARYING)", List.of("ROW(1, 'x')", "ROW(NULL, '')"));
    }

    private H2Types() {}
}
