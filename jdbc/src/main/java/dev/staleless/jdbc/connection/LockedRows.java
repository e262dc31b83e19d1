package dev.staleless.jdbc.connection;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Values;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.sql.LockedRead;
import dev.staleless.sql.RowImages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a transaction has read under a lock of its own and not changed since: what they are is the before image of its next
 * change of them, where the statement names the row by its key.
 *
 * <p>Why it is. From the moment a locking read returned the row until the transaction ends no other one can change it, so only this one
 * could have. Each of its changes passes here: one of the very row, told by its whole key, uses the row up; any other of its table
 * forgets all rows of the table, one that may change anything forgets all. Everything is forgotten, too, where a lock may be gone or an
 * older state back: at the end of the transaction, with a rollback to a savepoint, and with any statement that fails (MariaDB then may
 * have rolled back the whole transaction); and nothing is remembered any more once the driver's own connection was handed out. Rows that
 * triggers could change are not remembered ({@code LockingReads}).
 */
final class LockedRows {

    private static final Limits LIMITS = new Limits(RowImages.MAX_ROWS, 1 << 18);

    private final Map<TableName, Remembered> tables = new HashMap<>();
    private boolean suspended;

    /** @param identities columns that store a value in one way only: under a folding collation texts that differ are one value */
    private record Remembered(
            List<String> key, Set<String> identities, Map<List<AbstractValue>, Map<String, AbstractValue>> rows) {}

    /** Remembers the rows of a locking read that has just been executed, and which nobody has read yet. */
    void read(ResultSet result, LockedRead read, DriverProfile driver) throws SQLException {
        if (suspended || !(driver.capture(result, LIMITS, false) instanceof Capture.Captured captured)) {
            return;
        }
        CachedRows rows = driver.cachedRows(captured.rows());
        if (rows != null) {
            remember(rows, read);
        }
    }

    private void remember(CachedRows rows, LockedRead read) {
        Remembered remembered = tables.computeIfAbsent(
                read.table(), table -> new Remembered(read.key(), new HashSet<>(), new HashMap<>()));
        if (remembered.rows().size() + rows.size() > RowImages.MAX_ROWS
                || !remembered.key().equals(read.key())) {
            tables.remove(read.table());
            return;
        }
        for (RowImages.Cell cell : read.cells()) {
            if (Values.isIdentity(cell.type())) {
                remembered.identities().add(cell.column());
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            Map<String, AbstractValue> values = new HashMap<>();
            for (RowImages.Cell cell : read.cells()) {
                values.put(cell.column(), value(cell, rows.value(i, cell.index() - 1)));
            }
            List<AbstractValue> key = key(read.key(), values);
            if (key != null) {
                remembered.rows().put(key, values);
            }
        }
    }

    private static AbstractValue value(RowImages.Cell cell, @Nullable Object value) {
        boolean tooLong = value instanceof String text && text.length() > RowImages.MAX_OCTETS;
        return tooLong ? AbstractValue.NOT_NULL : Values.store(cell.type(), value);
    }

    /** The values of the key; null if one is not known exactly. */
    private static @Nullable List<AbstractValue> key(List<String> columns, Map<String, AbstractValue> values) {
        List<AbstractValue> key = new ArrayList<>();
        for (String column : columns) {
            AbstractValue value = values.get(column);
            if (!(value instanceof AbstractValue.Exact)) {
                return null;
            }
            key.add(value);
        }
        return key;
    }

    /** Forgets all rows. */
    void forget() {
        tables.clear();
    }

    /** Remembers nothing any more: changes may not pass here. */
    void suspend() {
        suspended = true;
        forget();
    }

    /** What a statement changes, with what is remembered of it; its rows are used up. */
    List<ChangeEvent> known(List<ChangeEvent> events) {
        if (tables.isEmpty()) {
            return events;
        }
        return events.stream().map(this::known).toList();
    }

    private ChangeEvent known(ChangeEvent event) {
        Remembered remembered = tables.get(event.table());
        if (remembered == null) {
            return event;
        }
        boolean one = event.kind() == ChangeEvent.Kind.UPDATE || event.kind() == ChangeEvent.Kind.DELETE;
        Image before = event.before();
        List<AbstractValue> key = one && before != null ? key(remembered.key(), before.values()) : null;
        Map<String, AbstractValue> row = key == null ? null : remembered.rows().remove(key);
        if (row == null || before == null) {
            tables.remove(event.table());
            return event;
        }
        return with(event, before, row, remembered.identities());
    }

    /** A column that is not changed has after what it had before. */
    private static ChangeEvent with(
            ChangeEvent event, Image before, Map<String, AbstractValue> row, Set<String> identities) {
        Map<String, AbstractValue> old = new HashMap<>(row);
        before.values().forEach((column, value) -> old.putIfAbsent(column, value));
        Image after = event.after();
        Set<String> names = event.changed().names();
        if (after == null || names == null) {
            return new ChangeEvent(
                    event.table(),
                    event.kind(),
                    new Image(old),
                    after,
                    event.changed(),
                    event.oneWay(),
                    event.orphanOf());
        }
        Map<String, AbstractValue> now = new HashMap<>(after.values());
        row.forEach((column, value) -> {
            if (!names.contains(column)) {
                now.put(column, value);
            }
        });
        Set<String> changed = new HashSet<>(names);
        changed.removeIf(column -> identities.contains(column) && isSame(old.get(column), now.get(column)));
        return new ChangeEvent(
                event.table(),
                event.kind(),
                new Image(old),
                new Image(now),
                ColumnSet.of(changed),
                event.oneWay(),
                event.orphanOf());
    }

    /** Whether a column is stored with the same value: of NULL, whole numbers, truth values and texts, which have one form each. */
    private static boolean isSame(@Nullable AbstractValue before, @Nullable AbstractValue after) {
        return before instanceof AbstractValue.Exact exact
                && before.equals(after)
                && (exact.value() == null
                        || exact.value() instanceof Long
                        || exact.value() instanceof Boolean
                        || exact.value() instanceof String);
    }
}
