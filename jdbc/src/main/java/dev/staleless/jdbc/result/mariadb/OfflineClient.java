package dev.staleless.jdbc.result.mariadb;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.Statement;
import org.mariadb.jdbc.client.Client;
import org.mariadb.jdbc.client.Completion;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.export.Prepare;
import org.mariadb.jdbc.message.ClientMessage;

/** A client of the driver without a server: whatever is sent fails. */
final class OfflineClient implements Client {
    private final Context context;
    private final ExceptionFactory exceptions;
    private int socketTimeout;

    OfflineClient(Context context, ExceptionFactory exceptions) {
        this.context = context;
        this.exceptions = exceptions;
    }

    private static SQLException offline() {
        return new SQLException("This connection has no database", "08003");
    }

    @Override
    public List<Completion> execute(ClientMessage message, boolean canRedo) throws SQLException {
        throw offline();
    }

    @Override
    public List<Completion> execute(ClientMessage message, Statement statement, boolean canRedo) throws SQLException {
        throw offline();
    }

    @Override
    public List<Completion> execute(
            ClientMessage message,
            Statement statement,
            int fetchSize,
            long maxRows,
            int concurrency,
            int type,
            boolean closeOnCompletion,
            boolean canRedo)
            throws SQLException {
        throw offline();
    }

    @Override
    public List<Completion> executePipeline(
            ClientMessage[] messages,
            Statement statement,
            int fetchSize,
            long maxRows,
            int concurrency,
            int type,
            boolean closeOnCompletion,
            boolean canRedo)
            throws SQLException {
        throw offline();
    }

    @Override
    public void readStreamingResults(
            List<Completion> completions,
            int fetchSize,
            long maxRows,
            int concurrency,
            int type,
            boolean closeOnCompletion)
            throws SQLException {
        throw offline();
    }

    @Override
    public void closePrepare(Prepare prepare) {}

    @Override
    public void abort(@Nullable Executor executor) {}

    @Override
    public void close() {}

    @Override
    public void setReadOnly(boolean readOnly) {}

    @Override
    public int getSocketTimeout() {
        return socketTimeout;
    }

    @Override
    public void setSocketTimeout(int milliseconds) {
        socketTimeout = milliseconds;
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void reset() {}

    @Override
    public boolean isPrimary() {
        return true;
    }

    @Override
    public Context getContext() {
        return context;
    }

    @Override
    public ExceptionFactory getExceptionFactory() {
        return exceptions;
    }

    @Override
    @SuppressWarnings("NullAway") // the driver's own: null where nothing is connected
    public HostAddress getHostAddress() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // the driver's own: null where nothing is connected
    public String getSocketIp() {
        return null;
    }
}
