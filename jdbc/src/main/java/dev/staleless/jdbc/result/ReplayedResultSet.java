package dev.staleless.jdbc.result;

import dev.staleless.jdbc.driver.Replay;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A cached result as the application sees it.
 *
 * <p>It is read without a connection. A call for which the driver wants the database is made again upon a connection of the
 * statement, over the same rows and at the same row, and so are all later ones. Not safe for several threads, as no result set
 * is.
 */
public final class ReplayedResultSet extends ForwardingResultSet {
    private final Replay replay;
    private final Home home;
    private final Statement statement;
    private final Runnable onClose;
    private final ResultSet detached;
    private @Nullable ResultSet attached;
    private int row;
    private boolean closed;

    /**
     * A replayed result before its first row.
     *
     * @param statement what {@link #getStatement} returns
     * @param onClose called once, when it is closed
     */
    public ReplayedResultSet(Replay replay, Home home, Statement statement, Runnable onClose) {
        this.replay = replay;
        this.detached = replay.detached();
        this.home = home;
        this.statement = statement;
        this.onClose = onClose;
    }

    @Override
    protected ResultSet delegate() {
        return attached == null ? replay.detached() : attached;
    }

    @Override
    protected <T> T ask(Call<T> call) throws SQLException {
        ResultSet now = attached;
        if (now != null) {
            return call.on(now);
        }
        try {
            T answer = call.on(replay.detached());
            if (isSelfContained(answer)) {
                return answer;
            }
        } catch (SQLException | RuntimeException e) {
            if (!replay.wantsDatabase()) {
                throw e;
            }
            return askAttached(call, e);
        }
        return askAttached(call, null);
    }

    private <T> T askAttached(Call<T> call, @Nullable Exception why) throws SQLException {
        ResultSet upon = attach();
        if (upon == null) {
            throw new SQLException(
                    "A cached result needs a connection of the driver that it was captured from, and this is another",
                    "08003",
                    why);
        }
        T answer = call.on(upon);
        replay.learn(upon);
        return answer;
    }

    /**
     * Whether an object that was read will not want the database later, when nobody could help it: a large object always does, an
     * array if the driver does not know its type.
     */
    private boolean isSelfContained(@Nullable Object answer) {
        if (answer instanceof Array array) {
            try {
                array.getBaseType();
            } catch (SQLException | RuntimeException e) {
                return !replay.wantsDatabase();
            }
        }
        return replay.holdsLargeObjects() || !(answer instanceof Blob || answer instanceof Clob);
    }

    private @Nullable ResultSet attach() throws SQLException {
        ResultSet upon = replay.attached(home.borrow());
        if (upon != null) {
            upon.setFetchSize(replay.detached().getFetchSize());
            upon.setFetchDirection(replay.detached().getFetchDirection());
            for (int i = 0; i < row; i++) {
                upon.next();
            }
            attached = upon;
        }
        return upon;
    }

    @Override
    public boolean next() throws SQLException {
        boolean there = attached == null ? nextDetached() : super.next();
        row++;
        return there;
    }

    private boolean nextDetached() throws SQLException {
        try {
            return detached.next();
        } catch (SQLException | RuntimeException e) {
            checkWanting(e);
            return askAttached(rows -> rows.next(), e);
        }
    }

    // ---- the getters that are called most, without an object for each call: what they return needs no database

    /** Throws what was thrown, if not because the driver wanted a database. */
    private void checkWanting(Exception failure) throws SQLException {
        if (replay.wantsDatabase()) {
            return;
        }
        if (failure instanceof SQLException thrown) {
            throw thrown;
        }
        throw (RuntimeException) failure;
    }

    @Override
    public boolean wasNull() throws SQLException {
        return attached == null ? detached.wasNull() : super.wasNull();
    }

    @Override
    public int getInt(int index) throws SQLException {
        if (attached == null) {
            try {
                return detached.getInt(index);
            } catch (SQLException | RuntimeException e) {
                checkWanting(e);
                return askAttached(rows -> rows.getInt(index), e);
            }
        }
        return super.getInt(index);
    }

    @Override
    public long getLong(int index) throws SQLException {
        if (attached == null) {
            try {
                return detached.getLong(index);
            } catch (SQLException | RuntimeException e) {
                checkWanting(e);
                return askAttached(rows -> rows.getLong(index), e);
            }
        }
        return super.getLong(index);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        if (attached == null) {
            try {
                return detached.getBoolean(index);
            } catch (SQLException | RuntimeException e) {
                checkWanting(e);
                return askAttached(rows -> rows.getBoolean(index), e);
            }
        }
        return super.getBoolean(index);
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null for NULL
    public String getString(int index) throws SQLException {
        if (attached == null) {
            try {
                return detached.getString(index);
            } catch (SQLException | RuntimeException e) {
                checkWanting(e);
                return askAttached(rows -> rows.getString(index), e);
            }
        }
        return super.getString(index);
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null for NULL
    public BigDecimal getBigDecimal(int index) throws SQLException {
        if (attached == null) {
            try {
                return detached.getBigDecimal(index);
            } catch (SQLException | RuntimeException e) {
                checkWanting(e);
                return askAttached(rows -> rows.getBigDecimal(index), e);
            }
        }
        return super.getBigDecimal(index);
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null for NULL
    public Timestamp getTimestamp(int index) throws SQLException {
        if (attached == null) {
            try {
                return detached.getTimestamp(index);
            } catch (SQLException | RuntimeException e) {
                checkWanting(e);
                return askAttached(rows -> rows.getTimestamp(index), e);
            }
        }
        return super.getTimestamp(index);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return new Described(super.getMetaData());
    }

    @Override
    public Statement getStatement() throws SQLException {
        super.getStatement();
        return statement;
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        closeWithStatement(replay.detached());
        ResultSet live = attached;
        if (live != null) {
            closeWithStatement(live);
        }
        onClose.run();
    }

    private static void closeWithStatement(ResultSet rows) throws SQLException {
        if (!rows.isClosed()) {
            Statement behind = rows.getStatement();
            rows.close();
            behind.close();
        }
    }

    /** Its metadata, which outlives it, as the driver's does. */
    private final class Described extends ForwardingMetaData {
        private ResultSetMetaData metaData;

        private Described(ResultSetMetaData metaData) {
            this.metaData = metaData;
        }

        @Override
        protected ResultSetMetaData delegate() {
            return metaData;
        }

        @Override
        protected <T> T ask(Call<T> call) throws SQLException {
            try {
                return call.on(metaData);
            } catch (SQLException | RuntimeException e) {
                ResultSet upon = replay.wantsDatabase() ? replay.attached(home.borrow()) : null;
                if (upon == null) {
                    throw e;
                }
                try {
                    ResultSetMetaData told = upon.getMetaData();
                    T answer = call.on(told);
                    replay.learn(upon);
                    metaData = told;
                    return answer;
                } finally {
                    closeWithStatement(upon);
                }
            }
        }
    }
}
