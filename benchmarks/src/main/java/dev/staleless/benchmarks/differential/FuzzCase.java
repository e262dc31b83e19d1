package dev.staleless.benchmarks.differential;

import java.util.List;

/**
 * Everything that one failure takes: a schema, rows, a query, and the writes that came one after the other.
 *
 * @param schema the choices that make it
 * @param rows statements that fill the tables; those that fail are left out
 * @param query the choices that make it
 * @param writes the choices that make each
 */
record FuzzCase(int[] schema, List<FuzzStatement> rows, int[] query, List<int[]> writes) {

    FuzzCase {
        rows = List.copyOf(rows);
        writes = List.copyOf(writes);
    }

    FuzzCase withSchema(int[] changed) {
        return new FuzzCase(changed, rows, query, writes);
    }

    FuzzCase withRows(List<FuzzStatement> changed) {
        return new FuzzCase(schema, changed, query, writes);
    }

    FuzzCase withQuery(int[] changed) {
        return new FuzzCase(schema, rows, changed, writes);
    }

    FuzzCase withWrites(List<int[]> changed) {
        return new FuzzCase(schema, rows, query, changed);
    }
}
