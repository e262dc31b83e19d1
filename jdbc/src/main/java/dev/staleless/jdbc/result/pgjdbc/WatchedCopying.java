package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.driver.DriverProfile.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.SQLException;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.ByteStreamWriter;

/**
 * COPY by the driver's own API. What is copied in one call is reported as what its text tells; a copy that is left open, to be written
 * to bit by bit, hands the connection out.
 */
final class WatchedCopying extends CopyManager {
    /** The driver's methods call each other, so that they are not called on this object. */
    private final CopyManager driver;

    private final Watch watch;

    WatchedCopying(PgConnection connection, Watch watch) throws SQLException {
        super(connection);
        this.driver = new CopyManager(connection);
        this.watch = watch;
    }

    /** A copy from or to a stream of the application's. */
    private interface Copy {
        long run() throws SQLException, IOException;
    }

    /** Carries an error of the application's stream. */
    private static final class StreamException extends SQLException {
        private static final long serialVersionUID = 1;
        private final transient IOException stream;

        StreamException(IOException stream) {
            super(stream);
            this.stream = stream;
        }
    }

    private long send(String sql, Copy copy) throws SQLException, IOException {
        try {
            return watch.send(sql, () -> {
                try {
                    return copy.run();
                } catch (IOException e) {
                    throw new StreamException(e);
                }
            });
        } catch (StreamException e) {
            throw e.stream;
        }
    }

    @Override
    public long copyIn(String sql, Reader from) throws SQLException, IOException {
        return send(sql, () -> driver.copyIn(sql, from));
    }

    @Override
    public long copyIn(String sql, Reader from, int bufferSize) throws SQLException, IOException {
        return send(sql, () -> driver.copyIn(sql, from, bufferSize));
    }

    @Override
    public long copyIn(String sql, InputStream from) throws SQLException, IOException {
        return send(sql, () -> driver.copyIn(sql, from));
    }

    @Override
    public long copyIn(String sql, InputStream from, int bufferSize) throws SQLException, IOException {
        return send(sql, () -> driver.copyIn(sql, from, bufferSize));
    }

    @Override
    public long copyIn(String sql, ByteStreamWriter from) throws SQLException, IOException {
        return send(sql, () -> driver.copyIn(sql, from));
    }

    @Override
    public long copyOut(String sql, Writer to) throws SQLException, IOException {
        return send(sql, () -> driver.copyOut(sql, to));
    }

    @Override
    public long copyOut(String sql, OutputStream to) throws SQLException, IOException {
        return send(sql, () -> driver.copyOut(sql, to));
    }

    @Override
    public CopyIn copyIn(String sql) throws SQLException {
        watch.handOut();
        return driver.copyIn(sql);
    }

    @Override
    public CopyOut copyOut(String sql) throws SQLException {
        watch.handOut();
        return driver.copyOut(sql);
    }

    @Override
    public CopyDual copyDual(String sql) throws SQLException {
        watch.handOut();
        return driver.copyDual(sql);
    }
}
