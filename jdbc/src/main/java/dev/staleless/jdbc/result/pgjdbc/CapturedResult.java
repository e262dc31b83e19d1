package dev.staleless.jdbc.result.pgjdbc;

import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/** A whole result as the server sent it. */
record CapturedResult(List<ColumnDescription> columns, List<Tuple> rows) {
    /** Fresh descriptions: the driver writes into them. */
    Field[] fields() {
        Field[] fields = new Field[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = columns.get(i).toField();
        }
        return fields;
    }

    /** A fresh list: a closed result set of the driver drops its own. */
    List<Tuple> tuples() {
        return new ArrayList<>(rows);
    }
}
