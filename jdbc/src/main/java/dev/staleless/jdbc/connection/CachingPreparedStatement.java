package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.key.BoundArray;
import dev.staleless.jdbc.key.BoundValue;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.sql.RowImages;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement as the application sees it. Its parameters are kept until it is executed on the database, if it is; a value
 * that is not known by what it is (a stream, an object of the driver's) makes the real statement at once. Long because
 * the interface is.
 */
@SuppressWarnings("deprecation") // of the interface
class CachingPreparedStatement extends CachingStatement implements PreparedStatement {
    /** Sets a value. */
    private interface Binder {
        void bind(PreparedStatement statement, @Nullable Object value) throws SQLException;
    }

    /** Sets a value that is not kept. */
    private interface DirectBinder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private final String sql;
    private final BoundValues values = new BoundValues();

    /** Stands for a value that cannot be set again. */
    private static final StatementHandle.Action ONCE_ONLY = statement -> {};

    /** How each value is set, by position from zero; null for one that was not set. */
    private StatementHandle.@Nullable Action[] set = new StatementHandle.@Nullable Action[4];

    /** The statement as the query that returns the rows it changes, once it was sent as such. */
    private volatile @Nullable PreparedStatement imaged;

    private @Nullable String imagedSql;

    /** Whether nothing but the statement's own result is asked of the database: no generated keys. */
    private final boolean plain;

    CachingPreparedStatement(LogicalConnection connection, StatementHandle.Factory factory, String sql, boolean plain) {
        super(connection, factory);
        this.sql = sql;
        this.plain = plain;
    }

    @Override
    void setUp() throws SQLException {
        super.setUp();
        if (!connection.front().isForeign() && handle.made() instanceof PreparedStatement made) {
            connection.front().wiring.driver().prepared(sql, made);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        return (PreparedStatement) real();
    }

    // ---- executing

    @Override
    public ResultSet executeQuery() throws SQLException {
        return plain
                ? query(sql, values, () -> prepared().executeQuery())
                : live(update(sql, values, () -> prepared().executeQuery(), null));
    }

    @Override
    public boolean execute() throws SQLException {
        return any(sql, values, plain, () -> prepared().execute());
    }

    @Override
    public int executeUpdate() throws SQLException {
        return update(sql, values, () -> prepared().executeUpdate(), plain ? CachingStatement::asInt : null);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return update(sql, values, () -> prepared().executeLargeUpdate(), plain ? count -> count : null);
    }

    @Override
    public void addBatch() throws SQLException {
        PreparedStatement statement = prepared();
        if (plain) {
            addToBatch(sql, values);
        } else {
            addToBatchWithKeys(sql, values);
        }
        statement.addBatch();
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return prepared().getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return prepared().getParameterMetaData();
    }

    // ---- parameters

    private void bind(int index, String setter, @Nullable Object value, @Nullable Calendar calendar, Binder binder)
            throws SQLException {
        checkOpen();
        BoundValue bound = BoundValue.of(setter, value, calendar);
        if (bound == null) {
            unknown(index, s -> binder.bind(s, value));
            return;
        }
        StatementHandle.Action action = s -> binder.bind((PreparedStatement) s, bound.value());
        handle.set(index, action);
        values.bind(index, bound);
        keep(index, action);
    }

    /** The driver has accepted the index. */
    private void keep(int index, StatementHandle.Action action) {
        if (index > set.length) {
            set = Arrays.copyOf(set, Math.max(index, 2 * set.length));
        }
        set[index - 1] = action;
    }

    private void unknown(int index, DirectBinder binder) throws SQLException {
        binder.bind(prepared());
        values.bind(index, null);
        keep(index, ONCE_ONLY);
    }

    // ---- row images

    /** A value that was given as a stream, or is an object of the driver's, may not be there a second time. */
    @Override
    boolean canBeImaged() throws SQLException {
        return plain && !Arrays.asList(set).contains(ONCE_ONLY) && super.canBeImaged();
    }

    @Override
    Statement executeImaged(RowImages images) throws SQLException {
        PreparedStatement statement = imaged;
        if (statement == null || !images.sql().equals(imagedSql)) {
            closeImaged();
            statement = connection.borrow().connection().prepareStatement(images.sql());
            imaged = statement;
            imagedSql = images.sql();
        }
        statement.clearWarnings();
        statement.setQueryTimeout(now().getQueryTimeout());
        for (StatementHandle.Action action : set) {
            if (action != null) {
                action.on(statement);
            }
        }
        statement.execute();
        return statement;
    }

    @Override
    Statement warned() throws SQLException {
        PreparedStatement statement = imaged;
        return isCounted() && statement != null ? statement : super.warned();
    }

    @Override
    public void cancel() throws SQLException {
        PreparedStatement statement = imaged;
        if (statement != null) {
            statement.cancel();
        }
        super.cancel();
    }

    @Override
    public void close() throws SQLException {
        try {
            closeImaged();
        } finally {
            super.close();
        }
    }

    private void closeImaged() throws SQLException {
        PreparedStatement statement = imaged;
        imaged = null;
        if (statement != null) {
            statement.close();
        }
    }

    private static @Nullable Calendar copy(@Nullable Calendar calendar) {
        return calendar == null ? null : (Calendar) calendar.clone();
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        ((PreparedStatement) handle.now()).clearParameters();
        handle.forget(Integer.class);
        values.clear();
        Arrays.fill(set, null);
    }

    @Override
    public void setNull(int index, int type) throws SQLException {
        bind(index, "setNull:" + type, null, null, (s, v) -> s.setNull(index, type));
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        bind(index, "setBoolean", value, null, (s, v) -> s.setBoolean(index, value));
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        bind(index, "setByte", value, null, (s, v) -> s.setByte(index, value));
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        bind(index, "setShort", value, null, (s, v) -> s.setShort(index, value));
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        bind(index, "setInt", value, null, (s, v) -> s.setInt(index, value));
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        bind(index, "setLong", value, null, (s, v) -> s.setLong(index, value));
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        bind(index, "setFloat", value, null, (s, v) -> s.setFloat(index, value));
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        bind(index, "setDouble", value, null, (s, v) -> s.setDouble(index, value));
    }

    @Override
    public void setBigDecimal(int index, BigDecimal value) throws SQLException {
        bind(index, "setBigDecimal", value, null, (s, v) -> s.setBigDecimal(index, (BigDecimal) v));
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        bind(index, "setString", value, null, (s, v) -> s.setString(index, (String) v));
    }

    @Override
    public void setBytes(int index, byte[] value) throws SQLException {
        bind(index, "setBytes", value, null, (s, v) -> s.setBytes(index, (byte[]) v));
    }

    @Override
    public void setDate(int index, Date value) throws SQLException {
        bind(index, "setDate", value, null, (s, v) -> s.setDate(index, (Date) v));
    }

    @Override
    public void setTime(int index, Time value) throws SQLException {
        bind(index, "setTime", value, null, (s, v) -> s.setTime(index, (Time) v));
    }

    @Override
    public void setTimestamp(int index, Timestamp value) throws SQLException {
        bind(index, "setTimestamp", value, null, (s, v) -> s.setTimestamp(index, (Timestamp) v));
    }

    @Override
    public void setAsciiStream(int index, InputStream value, int more) throws SQLException {
        unknown(index, s -> s.setAsciiStream(index, value, more));
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, InputStream value, int more) throws SQLException {
        unknown(index, s -> s.setUnicodeStream(index, value, more));
    }

    @Override
    public void setBinaryStream(int index, InputStream value, int more) throws SQLException {
        unknown(index, s -> s.setBinaryStream(index, value, more));
    }

    @Override
    public void setObject(int index, Object value, int type) throws SQLException {
        bind(index, "setObject:" + type, value, null, (s, v) -> s.setObject(index, v, type));
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        bind(index, "setObject", value, null, (s, v) -> s.setObject(index, v));
    }

    @Override
    public void setCharacterStream(int index, Reader value, int more) throws SQLException {
        unknown(index, s -> s.setCharacterStream(index, value, more));
    }

    @Override
    public void setRef(int index, Ref value) throws SQLException {
        unknown(index, s -> s.setRef(index, value));
    }

    @Override
    public void setBlob(int index, Blob value) throws SQLException {
        unknown(index, s -> s.setBlob(index, value));
    }

    @Override
    public void setClob(int index, Clob value) throws SQLException {
        unknown(index, s -> s.setClob(index, value));
    }

    @Override
    public void setArray(int index, Array value) throws SQLException {
        BoundArray bound = value instanceof LogicalArray array ? array.bound() : null;
        if (bound != null) {
            bind(index, "setArray", bound, null, (s, v) -> s.setArray(index, bound.on(s.getConnection())));
            return;
        }
        Array driverArray = value instanceof LogicalArray array ? array.driverArray() : value;
        unknown(index, s -> s.setArray(index, driverArray));
    }

    @Override
    public void setDate(int index, Date value, Calendar calendar) throws SQLException {
        Calendar copy = copy(calendar);
        bind(index, "setDate", value, copy, (s, v) -> s.setDate(index, (Date) v, copy));
    }

    @Override
    public void setTime(int index, Time value, Calendar calendar) throws SQLException {
        Calendar copy = copy(calendar);
        bind(index, "setTime", value, copy, (s, v) -> s.setTime(index, (Time) v, copy));
    }

    @Override
    public void setTimestamp(int index, Timestamp value, Calendar calendar) throws SQLException {
        Calendar copy = copy(calendar);
        bind(index, "setTimestamp", value, copy, (s, v) -> s.setTimestamp(index, (Timestamp) v, copy));
    }

    @Override
    public void setNull(int index, int value, String more) throws SQLException {
        unknown(index, s -> s.setNull(index, value, more));
    }

    @Override
    public void setURL(int index, URL value) throws SQLException {
        unknown(index, s -> s.setURL(index, value));
    }

    @Override
    public void setRowId(int index, RowId value) throws SQLException {
        unknown(index, s -> s.setRowId(index, value));
    }

    @Override
    public void setNString(int index, String value) throws SQLException {
        bind(index, "setNString", value, null, (s, v) -> s.setNString(index, (String) v));
    }

    @Override
    public void setNCharacterStream(int index, Reader value, long more) throws SQLException {
        unknown(index, s -> s.setNCharacterStream(index, value, more));
    }

    @Override
    public void setNClob(int index, NClob value) throws SQLException {
        unknown(index, s -> s.setNClob(index, value));
    }

    @Override
    public void setClob(int index, Reader value, long more) throws SQLException {
        unknown(index, s -> s.setClob(index, value, more));
    }

    @Override
    public void setBlob(int index, InputStream value, long more) throws SQLException {
        unknown(index, s -> s.setBlob(index, value, more));
    }

    @Override
    public void setNClob(int index, Reader value, long more) throws SQLException {
        unknown(index, s -> s.setNClob(index, value, more));
    }

    @Override
    public void setSQLXML(int index, SQLXML value) throws SQLException {
        unknown(index, s -> s.setSQLXML(index, value));
    }

    @Override
    public void setObject(int index, Object value, int type, int scale) throws SQLException {
        bind(index, "setObject:" + type + ":" + scale, value, null, (s, v) -> s.setObject(index, v, type, scale));
    }

    @Override
    public void setAsciiStream(int index, InputStream value, long more) throws SQLException {
        unknown(index, s -> s.setAsciiStream(index, value, more));
    }

    @Override
    public void setBinaryStream(int index, InputStream value, long more) throws SQLException {
        unknown(index, s -> s.setBinaryStream(index, value, more));
    }

    @Override
    public void setCharacterStream(int index, Reader value, long more) throws SQLException {
        unknown(index, s -> s.setCharacterStream(index, value, more));
    }

    @Override
    public void setAsciiStream(int index, InputStream value) throws SQLException {
        unknown(index, s -> s.setAsciiStream(index, value));
    }

    @Override
    public void setBinaryStream(int index, InputStream value) throws SQLException {
        unknown(index, s -> s.setBinaryStream(index, value));
    }

    @Override
    public void setCharacterStream(int index, Reader value) throws SQLException {
        unknown(index, s -> s.setCharacterStream(index, value));
    }

    @Override
    public void setNCharacterStream(int index, Reader value) throws SQLException {
        unknown(index, s -> s.setNCharacterStream(index, value));
    }

    @Override
    public void setClob(int index, Reader value) throws SQLException {
        unknown(index, s -> s.setClob(index, value));
    }

    @Override
    public void setBlob(int index, InputStream value) throws SQLException {
        unknown(index, s -> s.setBlob(index, value));
    }

    @Override
    public void setNClob(int index, Reader value) throws SQLException {
        unknown(index, s -> s.setNClob(index, value));
    }

    @Override
    public void setObject(int index, Object value, SQLType more, int last) throws SQLException {
        unknown(index, s -> s.setObject(index, value, more, last));
    }

    @Override
    public void setObject(int index, Object value, SQLType more) throws SQLException {
        unknown(index, s -> s.setObject(index, value, more));
    }
}
