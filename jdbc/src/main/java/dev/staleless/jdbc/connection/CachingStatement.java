package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.ChangeTemplate;
import dev.staleless.sql.LockedRead;
import dev.staleless.sql.RowImages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the application sees it: what it executes is served from the cache, or sent and reported. Long because the
 * interface is; reads are made by {@link CachedRead}, writes by {@link Writes}.
 */
class CachingStatement implements Statement {
    private static final long NOT_COUNTED = -2;
    private static final long COUNT_TAKEN = -1;

    final LogicalConnection connection;
    final StatementHandle handle;
    private List<Changes> batch = List.of();

    /** The statements of the batch whose generated keys are asked for; fewer than the batch has if one of them tells nothing. */
    private List<BatchExecution.Entry> keyed = List.of();

    /** The cached result that was returned last, if the last execution returned one. */
    private @Nullable ResultSet cached;

    /** Whether the results of the last execution are those of {@link #cached}, closed or not, and not of the real statement. */
    private boolean servedFromCache;

    /** The driver's result that was handed out last, and what it was handed out as. */
    private @Nullable ResultSet live;

    private @Nullable ResultSet liveWrapped;

    /** Number of rows that the last execution changed, if it was sent as a query that returned them. */
    private long counted = NOT_COUNTED;

    /** Whether the JDBC escapes in a text are left alone, or the cursor has a name: what is sent is not to be another text then. */
    private boolean particular;

    /** What was executed last. */
    private @Nullable Analysis executed;

    private volatile boolean closed;

    CachingStatement(LogicalConnection connection, StatementHandle.Factory factory) {
        this.connection = connection;
        this.handle = new StatementHandle(connection, factory);
    }

    /** A statement of the driver that was made by itself. */
    static CachingStatement of(Statement statement, LogicalConnection connection) {
        return new CachingStatement(connection, ignored -> statement);
    }

    /** To be called once, after construction. */
    void setUp() throws SQLException {
        handle.setUp();
    }

    Statement real() throws SQLException {
        checkOpen();
        return handle.real();
    }

    final Statement now() throws SQLException {
        checkOpen();
        return handle.now();
    }

    void checkOpen() throws SQLException {
        if (isClosed()) {
            throw new SQLException("This statement has been closed.", "55000");
        }
    }

    // ---- executing

    /** Executes what returns one result set. */
    final ResultSet query(String sql, BoundValues values, Work<ResultSet> work) throws SQLException {
        Analysis analysis = analyse(sql);
        beforeExecution();
        if (analysis instanceof Analysis.Read read) {
            ResultSet rows = new CachedRead(this, sql, read, values).run(work);
            return rows;
        }
        ResultSet rows = write(sql, analysis, values, whole(work), null);
        if (analysis instanceof Analysis.Uncached uncached && uncached.locked() != null) {
            remember(rows, uncached.locked());
        }
        return live(rows);
    }

    /** Remembers the rows of a locking read, where they can be of use as what they were before they are changed. */
    private void remember(ResultSet rows, LockedRead read) throws SQLException {
        Front front = connection.front();
        if (!connection.inTransaction()
                || front.isForeign()
                || front.wiring.images() == Images.NEVER
                || !front.wiring.cache().isCached(read.table())
                || real().getMaxFieldSize() != 0) {
            return;
        }
        try {
            connection.transaction().lockedRows().read(rows, read, front.wiring.driver());
        } catch (SQLException | RuntimeException e) {
            front.failed("Locked rows could not be captured", e);
        }
    }

    /** Executes what may return anything. */
    final boolean any(String sql, BoundValues values, boolean plain, Work<Boolean> work) throws SQLException {
        Analysis analysis = analyse(sql);
        beforeExecution();
        if (plain && analysis instanceof Analysis.Read read) {
            new CachedRead(this, sql, read, values).run(() -> {
                work.run();
                return real().getResultSet();
            });
            return true;
        }
        return write(sql, analysis, values, whole(work), plain ? count -> false : null);
    }

    /** Sends a statement that is no query to be cached. */
    private <T> T write(
            String sql, Analysis analysis, BoundValues values, Work<T> work, @Nullable LongFunction<T> countedAs)
            throws SQLException {
        Writes.record(connection.front(), sql, analysis);
        return analysis instanceof Analysis.Write write
                ? Writes.run(
                        connection, new ChangeExecution<>(this, write.changes(), values.canonical(), work, countedAs))
                : Writes.run(connection, sql, analysis, values, work);
    }

    /**
     * Fetches a result whole where the statement is run in a transaction of its own, at whose end the driver would drop what it
     * has not fetched yet. In auto-commit mode the driver does so anyway, whatever the fetch size.
     */
    private <T> Work<T> whole(Work<T> work) throws SQLException {
        if (connection.inTransaction()) {
            return work;
        }
        return () -> {
            Statement statement = real();
            int fetchSize = statement.getFetchSize();
            if (fetchSize == 0) {
                return work.run();
            }
            statement.setFetchSize(0);
            T result;
            try {
                result = work.run();
            } catch (SQLException | RuntimeException e) {
                restoreFetchSize(statement, fetchSize, e);
                throw e;
            }
            statement.setFetchSize(fetchSize);
            return result;
        };
    }

    private static void restoreFetchSize(Statement statement, int fetchSize, Exception failure) {
        try {
            statement.setFetchSize(fetchSize);
        } catch (SQLException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    /** Executes what returns a number of rows, and nothing but that if it says how. */
    final <T> T update(String sql, BoundValues values, Work<T> work, @Nullable LongFunction<T> countedAs)
            throws SQLException {
        Analysis analysis = analyse(sql);
        beforeExecution();
        return write(sql, analysis, values, work, countedAs);
    }

    /** As JDBC has it for a number that an int cannot hold. */
    static int asInt(long count) {
        return count > Integer.MAX_VALUE ? SUCCESS_NO_INFO : (int) count;
    }

    // ---- row images

    /** Whether a change can be sent as the query that returns its rows, without that its own result could be another. */
    boolean canBeImaged() throws SQLException {
        Statement statement = now();
        return !particular
                && statement.getMaxRows() == 0
                && statement.getMaxFieldSize() == 0
                && !statement.isCloseOnCompletion()
                && statement.getResultSetType() == ResultSet.TYPE_FORWARD_ONLY
                && statement.getResultSetConcurrency() == ResultSet.CONCUR_READ_ONLY;
    }

    /** Sends a change as the query that returns its rows, which the returned statement has then. */
    Statement executeImaged(RowImages images) throws SQLException {
        Statement statement = real();
        statement.execute(images.sql());
        return statement;
    }

    /** The last execution, sent as such a query, has changed this many rows. */
    final void counted(long rows) {
        counted = rows;
    }

    /** Whether the database says that the last execution, sent as it is, has changed no row. */
    final boolean hasChangedNoRow() {
        try {
            return real().getUpdateCount() == 0;
        } catch (SQLException e) {
            connection.front().failed("The number of changed rows could not be asked for", e);
            return false;
        }
    }

    /** What the last execution, sent as it is, has changed by what it returned; null if that does not tell. */
    final @Nullable List<ChangeEvent> ownResults(ChangeTemplate template, Parameters parameters, boolean keys) {
        if (connection.front().isForeign()) {
            return null;
        }
        try {
            DriverProfile driver = connection.front().wiring.driver();
            return OwnResults.events(real(), keys, template, parameters, driver);
        } catch (SQLException | RuntimeException e) {
            connection.front().failed("The rows that a statement returned could not be looked at", e);
            return null;
        }
    }

    /** What the last batch has changed by the keys that it returned; null if they do not tell. */
    final @Nullable List<ChangeEvent> ownKeys(List<BatchExecution.Entry> entries, long[] counts) {
        if (connection.front().isForeign()) {
            return null;
        }
        try {
            return OwnResults.events(
                    real(), entries, counts, connection.front().wiring.driver());
        } catch (SQLException | RuntimeException e) {
            connection.front().failed("The keys that a batch returned could not be looked at", e);
            return null;
        }
    }

    final Analysis analyse(String sql) throws SQLException {
        checkOpen();
        Analysis analysis = Analyses.of(connection, sql);
        executed = analysis;
        return analysis;
    }

    /** What the rows of an updatable result are of: what was executed last. */
    @Nullable
    Analysis executed() {
        return executed;
    }

    /** The results of an earlier execution end. */
    private void beforeExecution() throws SQLException {
        ResultSet previous = cached;
        cached = null;
        servedFromCache = false;
        counted = NOT_COUNTED;
        if (previous != null) {
            previous.close();
        }
    }

    /** A cached result is the one of this execution. */
    ResultSet serve(ResultSet rows) {
        cached = rows;
        servedFromCache = true;
        return rows;
    }

    /** What the application gets for a result set of the driver. */
    ResultSet live(ResultSet rows) {
        ResultSet wrapped = liveWrapped;
        if (wrapped == null || live != rows) {
            wrapped = new LiveResultSet(rows, this);
            live = rows;
            liveWrapped = wrapped;
        }
        return wrapped;
    }

    /** A cached result was closed. */
    void cachedResultClosed() {
        try {
            if (!closed && handle.now().isCloseOnCompletion()) {
                close();
            }
        } catch (SQLException e) {
            connection.front().failed("A statement could not be closed on completion", e);
        }
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return query(sql, new BoundValues(), () -> real().executeQuery(sql));
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return any(sql, new BoundValues(), true, () -> real().execute(sql));
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return any(sql, new BoundValues(), false, () -> real().execute(sql, autoGeneratedKeys));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return any(sql, new BoundValues(), false, () -> real().execute(sql, columnIndexes));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return any(sql, new BoundValues(), false, () -> real().execute(sql, columnNames));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeUpdate(sql), CachingStatement::asInt);
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeUpdate(sql, autoGeneratedKeys), null);
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeUpdate(sql, columnIndexes), null);
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeUpdate(sql, columnNames), null);
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeLargeUpdate(sql), count -> count);
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeLargeUpdate(sql, autoGeneratedKeys), null);
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeLargeUpdate(sql, columnIndexes), null);
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return update(sql, new BoundValues(), () -> real().executeLargeUpdate(sql, columnNames), null);
    }

    // ---- batches

    @Override
    public void addBatch(String sql) throws SQLException {
        addToBatch(sql, new BoundValues());
        real().addBatch(sql);
    }

    final void addToBatch(String sql, BoundValues values) throws SQLException {
        batch = batch.isEmpty() ? new ArrayList<>() : batch;
        batch.add(Writes.changes(connection, sql, analyse(sql), values));
    }

    /** As {@link #addToBatch}, of a statement that is the same each time and is asked for generated keys. */
    final void addToBatchWithKeys(String sql, BoundValues values) throws SQLException {
        addToBatch(sql, values);
        if (executed instanceof Analysis.Write write) {
            keyed = keyed.isEmpty() ? new ArrayList<>() : keyed;
            keyed.add(new BatchExecution.Entry(write.changes(), values.canonical()));
        }
    }

    @Override
    public void clearBatch() throws SQLException {
        real().clearBatch();
        batch = List.of();
        keyed = List.of();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return batch(
                () -> real().executeBatch(),
                counts -> Arrays.stream(counts).asLongStream().toArray());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return batch(() -> real().executeLargeBatch(), counts -> counts);
    }

    private <T> T batch(Work<T> work, Function<T, long[]> counts) throws SQLException {
        checkOpen();
        beforeExecution();
        List<Changes> changes = List.copyOf(batch);
        List<BatchExecution.Entry> entries = List.copyOf(keyed);
        batch = List.of();
        keyed = List.of();
        List<ChangeEvent> events =
                changes.stream().flatMap(each -> each.events().stream()).toList();
        boolean told = !entries.isEmpty()
                && entries.size() == changes.size()
                && connection.front().images.areWanted(events);
        return Writes.runBatch(
                connection, changes, told ? new BatchExecution<>(this, entries, events, work, counts) : work);
    }

    // ---- results

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        if (servedFromCache) {
            return cached;
        }
        if (counted != NOT_COUNTED) {
            return null;
        }
        ResultSet rows = handle.now().getResultSet();
        return rows == null ? null : live(rows);
    }

    @Override
    public int getUpdateCount() throws SQLException {
        if (counted != NOT_COUNTED) {
            checkOpen();
            return asInt(counted);
        }
        return servedFromCache ? noUpdateCount() : now().getUpdateCount();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        if (counted != NOT_COUNTED) {
            checkOpen();
            return counted;
        }
        return servedFromCache ? noUpdateCount() : now().getLargeUpdateCount();
    }

    private int noUpdateCount() throws SQLException {
        checkOpen();
        return -1;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (counted != NOT_COUNTED) {
            counted = COUNT_TAKEN;
            return false;
        }
        if (!servedFromCache) {
            return current == CLOSE_CURRENT_RESULT ? now().getMoreResults() : now().getMoreResults(current);
        }
        ResultSet rows = cached;
        cached = null;
        if (rows != null && current != KEEP_CURRENT_RESULT) {
            rows.close();
        }
        return false;
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return live(now().getGeneratedKeys());
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null where there is none
    public SQLWarning getWarnings() throws SQLException {
        return warned().getWarnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        warned().clearWarnings();
    }

    /** The statement of the driver that has the warnings of the last execution. */
    Statement warned() throws SQLException {
        return now();
    }

    /** Whether the last execution was sent as a query that returned the rows it changed. */
    final boolean isCounted() {
        return counted != NOT_COUNTED;
    }

    // ---- settings

    private void set(String setting, StatementHandle.Action action) throws SQLException {
        checkOpen();
        handle.set(setting, action);
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        return now().getMaxFieldSize();
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        set("maxFieldSize", s -> s.setMaxFieldSize(max));
    }

    @Override
    public int getMaxRows() throws SQLException {
        return now().getMaxRows();
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        set("maxRows", s -> s.setMaxRows(max));
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        return now().getLargeMaxRows();
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        set("maxRows", s -> s.setLargeMaxRows(max));
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        particular |= !enable;
        set("escapeProcessing", s -> s.setEscapeProcessing(enable));
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        return now().getQueryTimeout();
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        set("queryTimeout", s -> s.setQueryTimeout(seconds));
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        particular = true;
        set("cursorName", s -> s.setCursorName(name));
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return now().getFetchDirection();
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        set("fetchDirection", s -> s.setFetchDirection(direction));
    }

    @Override
    public int getFetchSize() throws SQLException {
        return now().getFetchSize();
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        set("fetchSize", s -> s.setFetchSize(rows));
    }

    @Override
    public boolean isPoolable() throws SQLException {
        return now().isPoolable();
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        set("poolable", s -> s.setPoolable(poolable));
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        set("closeOnCompletion", Statement::closeOnCompletion);
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        return now().isCloseOnCompletion();
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        return now().getResultSetConcurrency();
    }

    @Override
    public int getResultSetType() throws SQLException {
        return now().getResultSetType();
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        return now().getResultSetHoldability();
    }

    @Override
    public String enquoteLiteral(String value) throws SQLException {
        return now().enquoteLiteral(value);
    }

    @Override
    public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
        return now().enquoteIdentifier(identifier, alwaysQuote);
    }

    @Override
    public boolean isSimpleIdentifier(String identifier) throws SQLException {
        return now().isSimpleIdentifier(identifier);
    }

    @Override
    public String enquoteNCharLiteral(String value) throws SQLException {
        return now().enquoteNCharLiteral(value);
    }

    // ---- the end

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public void cancel() throws SQLException {
        Statement made = handle.made();
        if (made != null) {
            made.cancel();
        } else {
            checkOpen();
        }
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        connection.closed(this);
        try {
            beforeExecution();
        } finally {
            handle.close();
        }
    }

    /** The connection is closed, and the driver closes its statements with it. */
    void closeWithConnection() {
        try {
            close();
        } catch (SQLException e) {
            connection.front().failed("A statement could not be closed with its connection", e);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || handle.isClosed() || connection.isClosed();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T unwrapped = real().unwrap(type);
        connection.handOut();
        return unwrapped;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || now().isWrapperFor(type);
    }
}
