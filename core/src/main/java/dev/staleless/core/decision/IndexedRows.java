package dev.staleless.core.decision;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one cached result for decisions on many change events: read when a rule asks for them first, and indexed by a
 * column's values when a rule asks for that column first. Safe for any thread; two threads may make the same index at once.
 */
public final class IndexedRows {

    private final CachedRows.Reader reader;
    private final byte[] published;
    private volatile @Nullable Contents contents;

    /** What was read. */
    private record Contents(
            @Nullable CachedRows rows,
            AtomicReferenceArray<@Nullable ColumnIndex> indexes,
            AtomicReferenceArray<@Nullable AbstractValue> first,
            AtomicReferenceArray<@Nullable AbstractValue> last) {}

    private IndexedRows(CachedRows.Reader reader, byte[] published) {
        this.reader = reader;
        this.published = published;
    }

    /** The rows of a published result, which is not to be changed. */
    public static IndexedRows lazily(CachedRows.Reader reader, byte[] published) {
        return new IndexedRows(reader, published);
    }

    public static IndexedRows of(CachedRows rows) {
        return new IndexedRows(published -> rows, new byte[0]);
    }

    /** Whether a rule has asked for the rows. */
    public boolean wereRead() {
        return contents != null;
    }

    /** The size of the published result. */
    public int bytes() {
        return published.length;
    }

    /**
     * Number of rows; -1 if nothing is known. To be asked before anything else.
     *
     * @param columns that each row must have
     */
    int size(int columns) {
        CachedRows rows = contents().rows();
        return rows == null || rows.columns() != columns ? -1 : rows.size();
    }

    /** The index over a column whose values have canonical forms under the type; null if there is no such column. */
    @Nullable
    ColumnIndex index(int column, ColumnType type) {
        Contents read = contents();
        if (read.rows() == null || column >= read.rows().columns()) {
            return null;
        }
        ColumnIndex index = read.indexes().get(column);
        if (index == null) {
            index = new ColumnIndex(read.rows(), column, type);
            read.indexes().set(column, index);
        }
        return index;
    }

    /** What is known of a column's value in the first row, of which there is one. */
    AbstractValue first(int column, ColumnType type) {
        return kept(contents().first(), 0, column, type);
    }

    /** What is known of a column's value in the last row, of which there is one. */
    AbstractValue last(int column, ColumnType type) {
        CachedRows rows = contents().rows();
        return kept(contents().last(), rows == null ? 0 : rows.size() - 1, column, type);
    }

    private AbstractValue kept(
            AtomicReferenceArray<@Nullable AbstractValue> values, int row, int column, ColumnType type) {
        if (column >= values.length()) {
            return AbstractValue.UNKNOWN;
        }
        AbstractValue value = values.get(column);
        if (value == null) {
            value = known(row, column, type);
            values.set(column, value);
        }
        return value;
    }

    private AbstractValue known(int row, int column, ColumnType type) {
        CachedRows rows = contents().rows();
        return rows == null ? AbstractValue.UNKNOWN : known(type, rows.value(row, column));
    }

    private static AbstractValue known(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return AbstractValue.NULL;
        } else if (value == Parameters.OPAQUE) {
            return AbstractValue.UNKNOWN;
        }
        Object canonical = Values.constant(type, value);
        return canonical == Parameters.OPAQUE ? AbstractValue.NOT_NULL : new AbstractValue.Exact(canonical);
    }

    private Contents contents() {
        Contents read = contents;
        if (read == null) {
            CachedRows rows = reader.read(published);
            int columns = rows == null ? 0 : rows.columns();
            read = new Contents(
                    rows,
                    new AtomicReferenceArray<>(columns),
                    new AtomicReferenceArray<>(columns),
                    new AtomicReferenceArray<>(columns));
            contents = read;
        }
        return read;
    }
}
