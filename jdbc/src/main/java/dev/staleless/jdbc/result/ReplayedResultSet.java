package dev.staleless.jdbc.result;

import dev.staleless.jdbc.driver.Replay;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
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
        boolean there = super.next();
        row++;
        return there;
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
