package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.driver.ResultSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;
import org.postgresql.core.TypeInfo;
import org.postgresql.jdbc.FieldMetadata;
import org.postgresql.jdbc.PgConnection;

/**
 * Rebuilds captured results for one set of decoding settings. It learns from connections what the driver needs to know of types
 * and columns, once each, as the driver's own connections do. Safe for any thread.
 */
final class Decoder {
    /** A column of a table. */
    private record ColumnKey(int tableOid, int position) {}

    private final DecodingSettings settings;
    private final Map<Integer, TypeDescription> types = new ConcurrentHashMap<>();
    private final Map<ColumnKey, FieldMetadata> columns = new ConcurrentHashMap<>();
    private volatile @Nullable DetachedConnection current;

    Decoder(DecodingSettings settings) {
        this.settings = settings;
    }

    /** A detached connection that has not been used for anything but decoding, told all that is known. */
    DetachedConnection detached() throws SQLException {
        DetachedConnection connection = current;
        if (connection == null || connection.connection() == null) {
            connection = DetachedConnection.open(settings);
            PgConnection driver = connection.connection();
            if (driver == null) {
                throw new SQLException("The PostgreSQL driver closed a connection without server", "08003");
            }
            for (TypeDescription type : types.values()) {
                type.tell(driver.getTypeInfo());
            }
            current = connection;
        }
        return connection;
    }

    /** A result set over captured rows, on any connection of the driver. */
    static ResultSet resultSet(PgConnection connection, ResultSettings settings, Field[] fields, List<Tuple> rows)
            throws SQLException {
        return settings.statement(connection).unwrap(BaseStatement.class).createDriverResultSet(fields, rows);
    }

    /** Fills in what is known of the columns' tables. */
    void describe(Field[] fields) {
        for (Field field : fields) {
            FieldMetadata known = columns.isEmpty() ? null : columns.get(key(field));
            if (known != null) {
                field.setMetadata(known);
            }
        }
    }

    /** Takes over what a connection's driver knows, or finds out, about these columns' types, and knows of their tables. */
    void learn(PgConnection from, Field[] fields) throws SQLException {
        for (Field field : fields) {
            learnType(from.getTypeInfo(), field.getOID());
            FieldMetadata metadata = field.getMetadata();
            if (metadata != null && field.getTableOid() != 0) {
                columns.put(key(field), metadata);
            }
        }
    }

    private void learnType(TypeInfo from, int oid) throws SQLException {
        if (CoreTypes.areKnown(oid) || types.containsKey(oid)) {
            return;
        }
        TypeDescription type = TypeDescription.ask(from, oid);
        if (type == null) {
            return;
        }
        // First kept, then told: a connection that is opened in between hears it twice rather than never.
        types.put(oid, type);
        DetachedConnection connection = current;
        PgConnection driver = connection == null ? null : connection.connection();
        if (driver != null) {
            type.tell(driver.getTypeInfo());
        }
    }

    private static ColumnKey key(Field field) {
        return new ColumnKey(field.getTableOid(), field.getPositionInTable());
    }
}
