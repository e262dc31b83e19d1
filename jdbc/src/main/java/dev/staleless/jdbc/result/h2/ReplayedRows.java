package dev.staleless.jdbc.result.h2;

import java.util.List;
import org.h2.engine.Session;
import org.h2.result.ResultInterface;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** The rows of a captured result as the driver's result set reads them: from the first to the last, once. */
final class ReplayedRows implements ResultInterface {
    private final CapturedResult result;
    private int row = -1;
    private final boolean remote;
    private int fetchSize;
    private boolean closed;

    /** Rows before the first one. An embedded driver's result has no fetch size. */
    ReplayedRows(CapturedResult result, boolean remote, int fetchSize) {
        this.result = result;
        this.remote = remote;
        this.fetchSize = remote ? fetchSize : 0;
    }

    private List<Value[]> rows() {
        return result.rows();
    }

    private ColumnDescription column(int index) {
        return result.columns().get(index);
    }

    @Override
    public void reset() {
        row = -1;
    }

    @Override
    public Value[] currentRow() {
        return rows().get(row);
    }

    @Override
    public boolean next() {
        if (row < rows().size()) {
            row++;
        }
        return row < rows().size();
    }

    @Override
    public long getRowId() {
        return row;
    }

    @Override
    public boolean isAfterLast() {
        return row >= rows().size();
    }

    @Override
    public int getVisibleColumnCount() {
        return result.columns().size();
    }

    @Override
    public long getRowCount() {
        return rows().size();
    }

    @Override
    public boolean hasNext() {
        return row < rows().size() - 1;
    }

    @Override
    public boolean needToClose() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String getAlias(int index) {
        return column(index).alias();
    }

    @Override
    public @Nullable String getSchemaName(int index) {
        return column(index).schema();
    }

    @Override
    public @Nullable String getTableName(int index) {
        return column(index).table();
    }

    @Override
    public @Nullable String getColumnName(int index) {
        return column(index).column();
    }

    @Override
    public TypeInfo getColumnType(int index) {
        return column(index).type();
    }

    @Override
    public boolean isIdentity(int index) {
        return column(index).identity();
    }

    @Override
    public int getNullable(int index) {
        return column(index).nullable();
    }

    @Override
    public void setFetchSize(int size) {
        if (remote) {
            fetchSize = size;
        }
    }

    @Override
    public int getFetchSize() {
        return fetchSize;
    }

    @Override
    public boolean isLazy() {
        return false;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public @Nullable ResultInterface createShallowCopy(Session session) {
        return null;
    }
}
