package dev.staleless.jdbc.result;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/**
 * A result set that forwards every call to another one. Long because the interface is: each method is one line.
 */
@SuppressWarnings("deprecation") // of the interface
public abstract class ForwardingResultSet implements ResultSet {
    /** A call on the other one. */
    @FunctionalInterface
    protected interface Call<T> {
        T on(ResultSet rows) throws SQLException;
    }

    /** A call on the other one that returns nothing. */
    @FunctionalInterface
    protected interface Action {
        void on(ResultSet rows) throws SQLException;
    }

    /** The one calls are forwarded to. */
    protected abstract ResultSet delegate() throws SQLException;

    /** Makes a call on the other one. */
    protected <T> T ask(Call<T> call) throws SQLException {
        return call.on(delegate());
    }

    private void run(Action action) throws SQLException {
        ask(rows -> {
            action.on(rows);
            return Boolean.TRUE;
        });
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : ask(rows -> rows.unwrap(type));
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || ask(rows -> rows.isWrapperFor(type));
    }

    @Override
    public boolean next() throws SQLException {
        return ask(rows -> rows.next());
    }

    @Override
    public void close() throws SQLException {
        run(rows -> rows.close());
    }

    @Override
    public boolean wasNull() throws SQLException {
        return ask(rows -> rows.wasNull());
    }

    @Override
    public String getString(int index) throws SQLException {
        return ask(rows -> rows.getString(index));
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        return ask(rows -> rows.getBoolean(index));
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return ask(rows -> rows.getByte(index));
    }

    @Override
    public short getShort(int index) throws SQLException {
        return ask(rows -> rows.getShort(index));
    }

    @Override
    public int getInt(int index) throws SQLException {
        return ask(rows -> rows.getInt(index));
    }

    @Override
    public long getLong(int index) throws SQLException {
        return ask(rows -> rows.getLong(index));
    }

    @Override
    public float getFloat(int index) throws SQLException {
        return ask(rows -> rows.getFloat(index));
    }

    @Override
    public double getDouble(int index) throws SQLException {
        return ask(rows -> rows.getDouble(index));
    }

    @Override
    public BigDecimal getBigDecimal(int index, int value) throws SQLException {
        return ask(rows -> rows.getBigDecimal(index, value));
    }

    @Override
    public byte[] getBytes(int index) throws SQLException {
        return ask(rows -> rows.getBytes(index));
    }

    @Override
    public Date getDate(int index) throws SQLException {
        return ask(rows -> rows.getDate(index));
    }

    @Override
    public Time getTime(int index) throws SQLException {
        return ask(rows -> rows.getTime(index));
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        return ask(rows -> rows.getTimestamp(index));
    }

    @Override
    public InputStream getAsciiStream(int index) throws SQLException {
        return ask(rows -> rows.getAsciiStream(index));
    }

    @Override
    public InputStream getUnicodeStream(int index) throws SQLException {
        return ask(rows -> rows.getUnicodeStream(index));
    }

    @Override
    public InputStream getBinaryStream(int index) throws SQLException {
        return ask(rows -> rows.getBinaryStream(index));
    }

    @Override
    public String getString(String name) throws SQLException {
        return ask(rows -> rows.getString(name));
    }

    @Override
    public boolean getBoolean(String name) throws SQLException {
        return ask(rows -> rows.getBoolean(name));
    }

    @Override
    public byte getByte(String name) throws SQLException {
        return ask(rows -> rows.getByte(name));
    }

    @Override
    public short getShort(String name) throws SQLException {
        return ask(rows -> rows.getShort(name));
    }

    @Override
    public int getInt(String name) throws SQLException {
        return ask(rows -> rows.getInt(name));
    }

    @Override
    public long getLong(String name) throws SQLException {
        return ask(rows -> rows.getLong(name));
    }

    @Override
    public float getFloat(String name) throws SQLException {
        return ask(rows -> rows.getFloat(name));
    }

    @Override
    public double getDouble(String name) throws SQLException {
        return ask(rows -> rows.getDouble(name));
    }

    @Override
    public BigDecimal getBigDecimal(String name, int value) throws SQLException {
        return ask(rows -> rows.getBigDecimal(name, value));
    }

    @Override
    public byte[] getBytes(String name) throws SQLException {
        return ask(rows -> rows.getBytes(name));
    }

    @Override
    public Date getDate(String name) throws SQLException {
        return ask(rows -> rows.getDate(name));
    }

    @Override
    public Time getTime(String name) throws SQLException {
        return ask(rows -> rows.getTime(name));
    }

    @Override
    public Timestamp getTimestamp(String name) throws SQLException {
        return ask(rows -> rows.getTimestamp(name));
    }

    @Override
    public InputStream getAsciiStream(String name) throws SQLException {
        return ask(rows -> rows.getAsciiStream(name));
    }

    @Override
    public InputStream getUnicodeStream(String name) throws SQLException {
        return ask(rows -> rows.getUnicodeStream(name));
    }

    @Override
    public InputStream getBinaryStream(String name) throws SQLException {
        return ask(rows -> rows.getBinaryStream(name));
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return ask(rows -> rows.getWarnings());
    }

    @Override
    public void clearWarnings() throws SQLException {
        run(rows -> rows.clearWarnings());
    }

    @Override
    public String getCursorName() throws SQLException {
        return ask(rows -> rows.getCursorName());
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return ask(rows -> rows.getMetaData());
    }

    @Override
    public Object getObject(int index) throws SQLException {
        return ask(rows -> rows.getObject(index));
    }

    @Override
    public Object getObject(String name) throws SQLException {
        return ask(rows -> rows.getObject(name));
    }

    @Override
    public int findColumn(String name) throws SQLException {
        return ask(rows -> rows.findColumn(name));
    }

    @Override
    public Reader getCharacterStream(int index) throws SQLException {
        return ask(rows -> rows.getCharacterStream(index));
    }

    @Override
    public Reader getCharacterStream(String name) throws SQLException {
        return ask(rows -> rows.getCharacterStream(name));
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        return ask(rows -> rows.getBigDecimal(index));
    }

    @Override
    public BigDecimal getBigDecimal(String name) throws SQLException {
        return ask(rows -> rows.getBigDecimal(name));
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        return ask(rows -> rows.isBeforeFirst());
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        return ask(rows -> rows.isAfterLast());
    }

    @Override
    public boolean isFirst() throws SQLException {
        return ask(rows -> rows.isFirst());
    }

    @Override
    public boolean isLast() throws SQLException {
        return ask(rows -> rows.isLast());
    }

    @Override
    public void beforeFirst() throws SQLException {
        run(rows -> rows.beforeFirst());
    }

    @Override
    public void afterLast() throws SQLException {
        run(rows -> rows.afterLast());
    }

    @Override
    public boolean first() throws SQLException {
        return ask(rows -> rows.first());
    }

    @Override
    public boolean last() throws SQLException {
        return ask(rows -> rows.last());
    }

    @Override
    public int getRow() throws SQLException {
        return ask(rows -> rows.getRow());
    }

    @Override
    public boolean absolute(int value) throws SQLException {
        return ask(rows -> rows.absolute(value));
    }

    @Override
    public boolean relative(int value) throws SQLException {
        return ask(rows -> rows.relative(value));
    }

    @Override
    public boolean previous() throws SQLException {
        return ask(rows -> rows.previous());
    }

    @Override
    public void setFetchDirection(int index) throws SQLException {
        run(rows -> rows.setFetchDirection(index));
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return ask(rows -> rows.getFetchDirection());
    }

    @Override
    public void setFetchSize(int index) throws SQLException {
        run(rows -> rows.setFetchSize(index));
    }

    @Override
    public int getFetchSize() throws SQLException {
        return ask(rows -> rows.getFetchSize());
    }

    @Override
    public int getType() throws SQLException {
        return ask(rows -> rows.getType());
    }

    @Override
    public int getConcurrency() throws SQLException {
        return ask(rows -> rows.getConcurrency());
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        return ask(rows -> rows.rowUpdated());
    }

    @Override
    public boolean rowInserted() throws SQLException {
        return ask(rows -> rows.rowInserted());
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        return ask(rows -> rows.rowDeleted());
    }

    @Override
    public void updateNull(int index) throws SQLException {
        run(rows -> rows.updateNull(index));
    }

    @Override
    public void updateBoolean(int index, boolean value) throws SQLException {
        run(rows -> rows.updateBoolean(index, value));
    }

    @Override
    public void updateByte(int index, byte value) throws SQLException {
        run(rows -> rows.updateByte(index, value));
    }

    @Override
    public void updateShort(int index, short value) throws SQLException {
        run(rows -> rows.updateShort(index, value));
    }

    @Override
    public void updateInt(int index, int value) throws SQLException {
        run(rows -> rows.updateInt(index, value));
    }

    @Override
    public void updateLong(int index, long value) throws SQLException {
        run(rows -> rows.updateLong(index, value));
    }

    @Override
    public void updateFloat(int index, float value) throws SQLException {
        run(rows -> rows.updateFloat(index, value));
    }

    @Override
    public void updateDouble(int index, double value) throws SQLException {
        run(rows -> rows.updateDouble(index, value));
    }

    @Override
    public void updateBigDecimal(int index, BigDecimal bigDecimal) throws SQLException {
        run(rows -> rows.updateBigDecimal(index, bigDecimal));
    }

    @Override
    public void updateString(int index, String string) throws SQLException {
        run(rows -> rows.updateString(index, string));
    }

    @Override
    public void updateBytes(int index, byte[] bytes) throws SQLException {
        run(rows -> rows.updateBytes(index, bytes));
    }

    @Override
    public void updateDate(int index, Date date) throws SQLException {
        run(rows -> rows.updateDate(index, date));
    }

    @Override
    public void updateTime(int index, Time time) throws SQLException {
        run(rows -> rows.updateTime(index, time));
    }

    @Override
    public void updateTimestamp(int index, Timestamp timestamp) throws SQLException {
        run(rows -> rows.updateTimestamp(index, timestamp));
    }

    @Override
    public void updateAsciiStream(int index, InputStream stream, int value) throws SQLException {
        run(rows -> rows.updateAsciiStream(index, stream, value));
    }

    @Override
    public void updateBinaryStream(int index, InputStream stream, int value) throws SQLException {
        run(rows -> rows.updateBinaryStream(index, stream, value));
    }

    @Override
    public void updateCharacterStream(int index, Reader reader, int value) throws SQLException {
        run(rows -> rows.updateCharacterStream(index, reader, value));
    }

    @Override
    public void updateObject(int index, Object object, int value) throws SQLException {
        run(rows -> rows.updateObject(index, object, value));
    }

    @Override
    public void updateObject(int index, Object object) throws SQLException {
        run(rows -> rows.updateObject(index, object));
    }

    @Override
    public void updateNull(String name) throws SQLException {
        run(rows -> rows.updateNull(name));
    }

    @Override
    public void updateBoolean(String name, boolean value) throws SQLException {
        run(rows -> rows.updateBoolean(name, value));
    }

    @Override
    public void updateByte(String name, byte value) throws SQLException {
        run(rows -> rows.updateByte(name, value));
    }

    @Override
    public void updateShort(String name, short value) throws SQLException {
        run(rows -> rows.updateShort(name, value));
    }

    @Override
    public void updateInt(String name, int value) throws SQLException {
        run(rows -> rows.updateInt(name, value));
    }

    @Override
    public void updateLong(String name, long value) throws SQLException {
        run(rows -> rows.updateLong(name, value));
    }

    @Override
    public void updateFloat(String name, float value) throws SQLException {
        run(rows -> rows.updateFloat(name, value));
    }

    @Override
    public void updateDouble(String name, double value) throws SQLException {
        run(rows -> rows.updateDouble(name, value));
    }

    @Override
    public void updateBigDecimal(String name, BigDecimal bigDecimal) throws SQLException {
        run(rows -> rows.updateBigDecimal(name, bigDecimal));
    }

    @Override
    public void updateString(String name, String string) throws SQLException {
        run(rows -> rows.updateString(name, string));
    }

    @Override
    public void updateBytes(String name, byte[] bytes) throws SQLException {
        run(rows -> rows.updateBytes(name, bytes));
    }

    @Override
    public void updateDate(String name, Date date) throws SQLException {
        run(rows -> rows.updateDate(name, date));
    }

    @Override
    public void updateTime(String name, Time time) throws SQLException {
        run(rows -> rows.updateTime(name, time));
    }

    @Override
    public void updateTimestamp(String name, Timestamp timestamp) throws SQLException {
        run(rows -> rows.updateTimestamp(name, timestamp));
    }

    @Override
    public void updateAsciiStream(String name, InputStream stream, int value) throws SQLException {
        run(rows -> rows.updateAsciiStream(name, stream, value));
    }

    @Override
    public void updateBinaryStream(String name, InputStream stream, int value) throws SQLException {
        run(rows -> rows.updateBinaryStream(name, stream, value));
    }

    @Override
    public void updateCharacterStream(String name, Reader reader, int value) throws SQLException {
        run(rows -> rows.updateCharacterStream(name, reader, value));
    }

    @Override
    public void updateObject(String name, Object object, int value) throws SQLException {
        run(rows -> rows.updateObject(name, object, value));
    }

    @Override
    public void updateObject(String name, Object object) throws SQLException {
        run(rows -> rows.updateObject(name, object));
    }

    @Override
    public void insertRow() throws SQLException {
        run(rows -> rows.insertRow());
    }

    @Override
    public void updateRow() throws SQLException {
        run(rows -> rows.updateRow());
    }

    @Override
    public void deleteRow() throws SQLException {
        run(rows -> rows.deleteRow());
    }

    @Override
    public void refreshRow() throws SQLException {
        run(rows -> rows.refreshRow());
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        run(rows -> rows.cancelRowUpdates());
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        run(rows -> rows.moveToInsertRow());
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        run(rows -> rows.moveToCurrentRow());
    }

    @Override
    public Statement getStatement() throws SQLException {
        return ask(rows -> rows.getStatement());
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
        return ask(rows -> rows.getObject(index, map));
    }

    @Override
    public Ref getRef(int index) throws SQLException {
        return ask(rows -> rows.getRef(index));
    }

    @Override
    public Blob getBlob(int index) throws SQLException {
        return ask(rows -> rows.getBlob(index));
    }

    @Override
    public Clob getClob(int index) throws SQLException {
        return ask(rows -> rows.getClob(index));
    }

    @Override
    public Array getArray(int index) throws SQLException {
        return ask(rows -> rows.getArray(index));
    }

    @Override
    public Object getObject(String name, Map<String, Class<?>> map) throws SQLException {
        return ask(rows -> rows.getObject(name, map));
    }

    @Override
    public Ref getRef(String name) throws SQLException {
        return ask(rows -> rows.getRef(name));
    }

    @Override
    public Blob getBlob(String name) throws SQLException {
        return ask(rows -> rows.getBlob(name));
    }

    @Override
    public Clob getClob(String name) throws SQLException {
        return ask(rows -> rows.getClob(name));
    }

    @Override
    public Array getArray(String name) throws SQLException {
        return ask(rows -> rows.getArray(name));
    }

    @Override
    public Date getDate(int index, Calendar calendar) throws SQLException {
        return ask(rows -> rows.getDate(index, calendar));
    }

    @Override
    public Date getDate(String name, Calendar calendar) throws SQLException {
        return ask(rows -> rows.getDate(name, calendar));
    }

    @Override
    public Time getTime(int index, Calendar calendar) throws SQLException {
        return ask(rows -> rows.getTime(index, calendar));
    }

    @Override
    public Time getTime(String name, Calendar calendar) throws SQLException {
        return ask(rows -> rows.getTime(name, calendar));
    }

    @Override
    public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        return ask(rows -> rows.getTimestamp(index, calendar));
    }

    @Override
    public Timestamp getTimestamp(String name, Calendar calendar) throws SQLException {
        return ask(rows -> rows.getTimestamp(name, calendar));
    }

    @Override
    public URL getURL(int index) throws SQLException {
        return ask(rows -> rows.getURL(index));
    }

    @Override
    public URL getURL(String name) throws SQLException {
        return ask(rows -> rows.getURL(name));
    }

    @Override
    public void updateRef(int index, Ref ref) throws SQLException {
        run(rows -> rows.updateRef(index, ref));
    }

    @Override
    public void updateRef(String name, Ref ref) throws SQLException {
        run(rows -> rows.updateRef(name, ref));
    }

    @Override
    public void updateBlob(int index, Blob blob) throws SQLException {
        run(rows -> rows.updateBlob(index, blob));
    }

    @Override
    public void updateBlob(String name, Blob blob) throws SQLException {
        run(rows -> rows.updateBlob(name, blob));
    }

    @Override
    public void updateClob(int index, Clob clob) throws SQLException {
        run(rows -> rows.updateClob(index, clob));
    }

    @Override
    public void updateClob(String name, Clob clob) throws SQLException {
        run(rows -> rows.updateClob(name, clob));
    }

    @Override
    public void updateArray(int index, Array array) throws SQLException {
        run(rows -> rows.updateArray(index, array));
    }

    @Override
    public void updateArray(String name, Array array) throws SQLException {
        run(rows -> rows.updateArray(name, array));
    }

    @Override
    public RowId getRowId(int index) throws SQLException {
        return ask(rows -> rows.getRowId(index));
    }

    @Override
    public RowId getRowId(String name) throws SQLException {
        return ask(rows -> rows.getRowId(name));
    }

    @Override
    public void updateRowId(int index, RowId rowId) throws SQLException {
        run(rows -> rows.updateRowId(index, rowId));
    }

    @Override
    public void updateRowId(String name, RowId rowId) throws SQLException {
        run(rows -> rows.updateRowId(name, rowId));
    }

    @Override
    public int getHoldability() throws SQLException {
        return ask(rows -> rows.getHoldability());
    }

    @Override
    public boolean isClosed() throws SQLException {
        return ask(rows -> rows.isClosed());
    }

    @Override
    public void updateNString(int index, String string) throws SQLException {
        run(rows -> rows.updateNString(index, string));
    }

    @Override
    public void updateNString(String name, String string) throws SQLException {
        run(rows -> rows.updateNString(name, string));
    }

    @Override
    public void updateNClob(int index, NClob nClob) throws SQLException {
        run(rows -> rows.updateNClob(index, nClob));
    }

    @Override
    public void updateNClob(String name, NClob nClob) throws SQLException {
        run(rows -> rows.updateNClob(name, nClob));
    }

    @Override
    public NClob getNClob(int index) throws SQLException {
        return ask(rows -> rows.getNClob(index));
    }

    @Override
    public NClob getNClob(String name) throws SQLException {
        return ask(rows -> rows.getNClob(name));
    }

    @Override
    public SQLXML getSQLXML(int index) throws SQLException {
        return ask(rows -> rows.getSQLXML(index));
    }

    @Override
    public SQLXML getSQLXML(String name) throws SQLException {
        return ask(rows -> rows.getSQLXML(name));
    }

    @Override
    public void updateSQLXML(int index, SQLXML sQLXML) throws SQLException {
        run(rows -> rows.updateSQLXML(index, sQLXML));
    }

    @Override
    public void updateSQLXML(String name, SQLXML sQLXML) throws SQLException {
        run(rows -> rows.updateSQLXML(name, sQLXML));
    }

    @Override
    public String getNString(int index) throws SQLException {
        return ask(rows -> rows.getNString(index));
    }

    @Override
    public String getNString(String name) throws SQLException {
        return ask(rows -> rows.getNString(name));
    }

    @Override
    public Reader getNCharacterStream(int index) throws SQLException {
        return ask(rows -> rows.getNCharacterStream(index));
    }

    @Override
    public Reader getNCharacterStream(String name) throws SQLException {
        return ask(rows -> rows.getNCharacterStream(name));
    }

    @Override
    public void updateNCharacterStream(int index, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateNCharacterStream(index, reader, value));
    }

    @Override
    public void updateNCharacterStream(String name, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateNCharacterStream(name, reader, value));
    }

    @Override
    public void updateAsciiStream(int index, InputStream stream, long value) throws SQLException {
        run(rows -> rows.updateAsciiStream(index, stream, value));
    }

    @Override
    public void updateBinaryStream(int index, InputStream stream, long value) throws SQLException {
        run(rows -> rows.updateBinaryStream(index, stream, value));
    }

    @Override
    public void updateCharacterStream(int index, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateCharacterStream(index, reader, value));
    }

    @Override
    public void updateAsciiStream(String name, InputStream stream, long value) throws SQLException {
        run(rows -> rows.updateAsciiStream(name, stream, value));
    }

    @Override
    public void updateBinaryStream(String name, InputStream stream, long value) throws SQLException {
        run(rows -> rows.updateBinaryStream(name, stream, value));
    }

    @Override
    public void updateCharacterStream(String name, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateCharacterStream(name, reader, value));
    }

    @Override
    public void updateBlob(int index, InputStream stream, long value) throws SQLException {
        run(rows -> rows.updateBlob(index, stream, value));
    }

    @Override
    public void updateBlob(String name, InputStream stream, long value) throws SQLException {
        run(rows -> rows.updateBlob(name, stream, value));
    }

    @Override
    public void updateClob(int index, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateClob(index, reader, value));
    }

    @Override
    public void updateClob(String name, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateClob(name, reader, value));
    }

    @Override
    public void updateNClob(int index, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateNClob(index, reader, value));
    }

    @Override
    public void updateNClob(String name, Reader reader, long value) throws SQLException {
        run(rows -> rows.updateNClob(name, reader, value));
    }

    @Override
    public void updateNCharacterStream(int index, Reader reader) throws SQLException {
        run(rows -> rows.updateNCharacterStream(index, reader));
    }

    @Override
    public void updateNCharacterStream(String name, Reader reader) throws SQLException {
        run(rows -> rows.updateNCharacterStream(name, reader));
    }

    @Override
    public void updateAsciiStream(int index, InputStream stream) throws SQLException {
        run(rows -> rows.updateAsciiStream(index, stream));
    }

    @Override
    public void updateBinaryStream(int index, InputStream stream) throws SQLException {
        run(rows -> rows.updateBinaryStream(index, stream));
    }

    @Override
    public void updateCharacterStream(int index, Reader reader) throws SQLException {
        run(rows -> rows.updateCharacterStream(index, reader));
    }

    @Override
    public void updateAsciiStream(String name, InputStream stream) throws SQLException {
        run(rows -> rows.updateAsciiStream(name, stream));
    }

    @Override
    public void updateBinaryStream(String name, InputStream stream) throws SQLException {
        run(rows -> rows.updateBinaryStream(name, stream));
    }

    @Override
    public void updateCharacterStream(String name, Reader reader) throws SQLException {
        run(rows -> rows.updateCharacterStream(name, reader));
    }

    @Override
    public void updateBlob(int index, InputStream stream) throws SQLException {
        run(rows -> rows.updateBlob(index, stream));
    }

    @Override
    public void updateBlob(String name, InputStream stream) throws SQLException {
        run(rows -> rows.updateBlob(name, stream));
    }

    @Override
    public void updateClob(int index, Reader reader) throws SQLException {
        run(rows -> rows.updateClob(index, reader));
    }

    @Override
    public void updateClob(String name, Reader reader) throws SQLException {
        run(rows -> rows.updateClob(name, reader));
    }

    @Override
    public void updateNClob(int index, Reader reader) throws SQLException {
        run(rows -> rows.updateNClob(index, reader));
    }

    @Override
    public void updateNClob(String name, Reader reader) throws SQLException {
        run(rows -> rows.updateNClob(name, reader));
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        return ask(rows -> rows.getObject(index, type));
    }

    @Override
    public <T> T getObject(String name, Class<T> type) throws SQLException {
        return ask(rows -> rows.getObject(name, type));
    }

    @Override
    public void updateObject(int index, Object object, SQLType type, int value) throws SQLException {
        run(rows -> rows.updateObject(index, object, type, value));
    }

    @Override
    public void updateObject(String name, Object object, SQLType type, int value) throws SQLException {
        run(rows -> rows.updateObject(name, object, type, value));
    }

    @Override
    public void updateObject(int index, Object object, SQLType type) throws SQLException {
        run(rows -> rows.updateObject(index, object, type));
    }

    @Override
    public void updateObject(String name, Object object, SQLType type) throws SQLException {
        run(rows -> rows.updateObject(name, object, type));
    }
}
