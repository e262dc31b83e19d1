package dev.staleless.jdbc.result.pgjdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every column type of PostgreSQL, each with literals worth trying. NULL is always among them. */
final class PostgresTypes {
    static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        type("bool", "true", "false");
        type("int2", "0", "-32768", "32767", "12");
        type("int4", "0", "-2147483648", "2147483647", "1");
        type("int8", "0", "-9223372036854775808", "9223372036854775807", "70000");
        type("oid", "0", "4294967295", "16384");
        type("float4", "0", "-0", "1.5", "3.4028235e38", "1.4e-45", "NaN", "Infinity", "-Infinity");
        type("float8", "0", "-0", "0.1", "1.7976931348623157e308", "4.9e-324", "NaN", "Infinity", "-Infinity", "1e10");
        type("numeric", "0", "1.10", "-12345678901234567890.0123456789", "NaN", "Infinity", "-Infinity", "1e30", "127");
        type("numeric(10,2)", "0", "-99999999.99", "1.5", "NaN");
        type(
                "text",
                "",
                "abc",
                " Grüße, Ελλάδα, 漢字, 😀 ",
                "1",
                "-1.5",
                "t",
                "true",
                "2024-02-29",
                "13:14:15",
                "{1,2}",
                "2024-02-29 13:14:15.123456+02",
                "http://localhost/",
                "not a number",
                "0x10",
                "1e3",
                "NaN");
        type("varchar(20)", "", "trailing  ", "yes", "99999999999999999999");
        type("bpchar(5)", "", "ab", "12", "abcde");
        type("name", "", "pg_class");
        type("\"char\"", "", "x");
        type("uuid", "00000000-0000-0000-0000-000000000000", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        type("bytea", "", "\\x00ff10", "\\x74727565", "\\x3132");
        type("date", "2024-02-29", "0001-01-01", "0044-03-15 BC", "infinity", "-infinity", "1582-10-10", "9999-12-31");
        type("time", "00:00:00", "24:00:00", "13:14:15.123456", "23:59:59.999999");
        type("timetz", "00:00:00+00", "13:14:15.123456+05:30", "24:00:00-12", "23:59:59.999999+15:59");
        type(
                "timestamp",
                "2024-02-29 13:14:15.123456",
                "0001-01-01 00:00:00",
                "0044-03-15 12:00:00 BC",
                "infinity",
                "-infinity",
                "2024-03-31 02:30:00",
                "1500-02-28 00:00:00",
                "294276-12-31 23:59:59");
        type(
                "timestamptz",
                "2024-02-29 13:14:15.123456+05:45",
                "0001-01-01 00:00:00+00",
                "0044-03-15 12:00:00+00 BC",
                "infinity",
                "-infinity",
                "2024-10-27 02:30:00+02");
        type("interval", "0", "1 year 2 mons 3 days 04:05:06.789", "-1 day -00:00:01");
        type("json", "{\"a\": [1, null, \"ü\"]}", "null", "1");
        type("jsonb", "{\"a\": [1, null, \"ü\"]}", "null", "\"x\"");
        type("xml", "<a>ü</a>", "text");
        type("money", "0", "-12.34", "1234567.89");
        type("bit(1)", "0", "1");
        type("bit(4)", "0101");
        type("varbit", "", "1", "10101");
        type("inet", "192.168.0.1/24", "::1");
        type("cidr", "10.0.0.0/8");
        type("macaddr", "08:00:2b:01:02:03");
        type("macaddr8", "08:00:2b:01:02:03:04:05");
        type("point", "(1.5,-2)");
        type("line", "{1,2,3}");
        type("lseg", "[(0,0),(1,1)]");
        type("box", "((1,1),(0,0))");
        type("path", "((0,0),(1,1))");
        type("polygon", "((0,0),(1,1),(1,0))");
        type("circle", "<(0,0),1>");
        type("tsvector", "a b:2");
        type("tsquery", "a & b");
        type("pg_lsn", "16/B374D848");
        type("int4range", "[1,5)", "empty");
        type("tstzrange", "[2024-01-01 00:00:00+00,)");
        type("int4multirange", "{[1,5),[7,8)}");
        type("jsonpath", "$.a");
        type("regclass", "pg_catalog.pg_class");
        type("hue", "red", "dark blue");
        type("posint", "7");
        type("pair", "(1,\"a b\")", "(,)");
        type("int2[]", "{}", "{1,NULL,-3}");
        type("int4[]", "{}", "{1,2,NULL}", "{{1,2},{3,4}}");
        type("int8[]", "{9223372036854775807}");
        type("float4[]", "{1.5,NaN}");
        type("float8[]", "{1.5,NULL}");
        type("numeric[]", "{1.10,NULL}");
        type("bool[]", "{t,f,NULL}");
        type("text[]", "{}", "{a,NULL,\"b c\",\"\\\"q\",ü}");
        type("varchar[]", "{x}");
        type("bytea[]", "{\"\\\\x00ff\"}");
        type("date[]", "{2024-02-29}");
        type("timestamp[]", "{\"2024-02-29 13:14:15\"}");
        type("timestamptz[]", "{\"2024-02-29 13:14:15+00\"}");
        type("uuid[]", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}");
        type("jsonb[]", "{\"{}\"}");
        type("box[]", "{(1,1),(0,0);(2,2),(1,1)}");
        type("hue[]", "{red,\"dark blue\"}");
        type("inet[]", "{127.0.0.1}");
    }

    private PostgresTypes() {}

    private static void type(String name, String... literals) {
        VALUES.put(name, List.of(literals));
    }
}
