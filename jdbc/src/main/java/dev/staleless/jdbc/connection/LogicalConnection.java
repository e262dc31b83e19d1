package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.jdbc.computed.OpenConnections;
import dev.staleless.jdbc.computed.Recording;
import dev.staleless.jdbc.connection.ConnectionSettings.Setting;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.key.BoundArray;
import dev.staleless.jdbc.key.BoundValues;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the application sees it. It borrows one from the wrapped data source when the first statement needs the
 * database, keeps it until it is closed, and tells what was set in the meantime.
 *
 * <p>Long because the interface is; what it decides itself is in {@link Borrowed}, {@link TransactionScope} and {@link
 * ConnectionSettings}. As with the driver's own, statements of one connection are used by one thread at a time; {@link #close},
 * {@link #abort} and {@link #isClosed} may come from any.
 */
final class LogicalConnection extends ForwardingConnection implements OpenConnections.Member {
    private final Front front;
    private final ConnectionSettings settings = new ConnectionSettings();
    private final TransactionScope transaction;
    private final HandOut handOut;
    private final Set<CachingStatement> statements = new HashSet<>(4);
    private volatile @Nullable Borrowed borrowed;
    private volatile boolean closed;

    /** Whether a transaction was begun by the text of a statement, in auto-commit mode. */
    private boolean begunByText;

    /** The isolation level set by {@link #setTransactionIsolation}; none at first. */
    private int isolationSet = TRANSACTION_NONE;

    /** Whether the level of the running or next transaction was set by the text of a statement, which the session does not tell. */
    private boolean isolationHidden;

    /** Whether the application has chosen a schema, a catalog, or settings by the text of a statement. */
    private boolean pathChosen;

    /** Whether a statement was sent in the running transaction. */
    private boolean sent;

    /** The thread that was told last to use this. */
    private @Nullable Thread user;

    LogicalConnection(Front front) {
        this.front = front;
        this.transaction = new TransactionScope(front.wiring.cache(), front.wiring.driver());
        this.handOut = new HandOut(front.wiring.cache());
    }

    Front front() {
        return front;
    }

    TransactionScope transaction() {
        return transaction;
    }

    @Override
    public Array createArrayOf(String name, Object[] objects) throws SQLException {
        checkOpen();
        BoundArray bound = front.wiring.driver().hasArrays() ? BoundArray.of(name, objects) : null;
        return bound == null ? super.createArrayOf(name, objects) : new LogicalArray(bound, () -> bound.on(delegate()));
    }

    // ---- whose it is

    /** The running thread uses it: what it changes is for this thread's eyes until it is committed. */
    void used() {
        Thread current = Thread.currentThread();
        if (user != current) {
            user = current;
            OpenConnections.use(this);
        }
    }

    @Override
    public boolean isOver() {
        return closed;
    }

    @Override
    public boolean hasWritten() {
        return transaction.current() != null;
    }

    @Override
    public boolean affects(Query query) {
        Transaction current = transaction.current();
        return current != null && current.affects(query);
    }

    @Override
    public boolean isStrict() throws SQLException {
        if (closed || front.isForeign() || !inTransaction()) {
            return false;
        }
        int level = isolation(defaults().session());
        boolean beforeSnapshot = level == TRANSACTION_REPEATABLE_READ
                && front.wiring.policy().servesBeforeSnapshot()
                && front.wiring.driver().takesSnapshotAtFirstRead();
        return beforeSnapshot ? mayHaveSnapshot() : level > TRANSACTION_READ_COMMITTED;
    }

    // ---- borrowing

    /** The borrowed connection, which is borrowed now if it was not yet. */
    @Override
    Connection delegate() throws SQLException {
        return borrow().connection();
    }

    synchronized Borrowed borrow() throws SQLException {
        checkOpen();
        Borrowed now = borrowed;
        if (now == null) {
            now = Borrowed.take(front, settings);
            borrowed = now;
            touchLowered();
        }
        return now;
    }

    /** A level below the usual one counts once the session has told that it has it. */
    private void touchLowered() {
        Borrowed now = borrowed;
        Defaults defaults = front.defaults();
        if (now != null
                && isolationSet != TRANSACTION_NONE
                && defaults != null
                && isolationSet < defaults.session().isolation()) {
            now.touchSession();
        }
    }

    @Override
    public boolean holdsConnection() {
        return borrowed != null;
    }

    @Nullable
    Borrowed borrowed() {
        return borrowed;
    }

    void checkOpen() throws SQLException {
        if (closed) {
            throw new SQLException("This connection has been closed.", "08003");
        }
    }

    private Defaults defaults() throws SQLException {
        Defaults defaults = front.defaults();
        if (defaults == null) {
            borrow();
            defaults = front.defaults();
        }
        if (defaults == null) {
            throw new IllegalStateException("Defaults of a foreign driver's connections are not asked for");
        }
        return defaults;
    }

    /** Whether settings must be asked of the borrowed connection: there is one, or nothing is known of what would be borrowed. */
    private boolean mustAsk() throws SQLException {
        checkOpen();
        if (borrowed == null && front.defaults() == null) {
            borrow();
        }
        return borrowed != null;
    }

    // ---- what a statement wants to know

    boolean inTransaction() throws SQLException {
        Borrowed now = borrowed;
        return begunByText || !getAutoCommit() || now != null && now.isInTransaction();
    }

    /** Whether nothing but a rollback is accepted: told by the database, or not excluded after an error. */
    boolean isTransactionFailed() throws SQLException {
        Borrowed now = borrowed;
        return transaction.isFailed() || now != null && now.isTransactionFailed();
    }

    void begunByText(boolean begun) {
        begunByText = begun;
    }

    /**
     * The state of the session that a statement would run in: of the borrowed connection, else of any that would be borrowed.
     *
     * @return null if it is not known and cannot be found out now
     */
    @Nullable
    SessionState session() throws SQLException {
        if (borrowed == null && canTellWithoutConnection()) {
            return defaults().session();
        }
        return front.isForeign() ? null : borrow().session(isTransactionFailed());
    }

    private boolean canTellWithoutConnection() {
        return front.defaults() != null
                && front.sessions.areUniform()
                && !settings.isSet(Setting.SCHEMA)
                && !settings.isSet(Setting.CATALOG);
    }

    /** Whether names may be looked for in other schemas than in those of a connection as it is handed out. */
    boolean hasChosenPath() {
        return pathChosen;
    }

    /** Isolation level that the running or next transaction has: the strictest that was asked for in whichever way. */
    int isolation(SessionState session) {
        if (isolationHidden) {
            return TRANSACTION_SERIALIZABLE;
        }
        // Nothing is borrowed: then it will be set when something is.
        return borrowed == null && isolationSet != TRANSACTION_NONE
                ? isolationSet
                : Math.max(isolationSet, session.isolation());
    }

    /** A statement that changes settings by its text is sent. */
    void settingChanges(String sql) {
        pathChosen = true;
        if (!front.wiring.driver().probesIsolationOfTransaction()
                && sql.toLowerCase(Locale.ROOT).contains("isolation")) {
            isolationHidden = true;
        }
    }

    /** A statement is sent. */
    void sending() throws SQLException {
        sent |= inTransaction();
    }

    /** Whether the running transaction may have read something already, and so have its snapshot. */
    boolean mayHaveSnapshot() throws SQLException {
        Borrowed now = borrowed;
        return sent || begunByText || now != null && now.isInTransaction();
    }

    /** A statement may have changed settings of the session, now or when its transaction ends. Does not throw. */
    void touchSession() {
        Borrowed now = borrowed;
        if (now != null) {
            now.touchSession();
        }
        transaction.touchSession();
    }

    /** A statement failed, and the transaction with it if there is one. Does not throw: the failure is on its way. */
    void statementFailed() {
        transaction.lockedRows().forget(); // with a deadlock MariaDB has given up all locks
        boolean inTransaction;
        try {
            inTransaction = inTransaction();
        } catch (SQLException e) {
            // The pool has taken the connection away because of the failure.
            inTransaction = true;
        }
        if (inTransaction) {
            transaction.statementFailed();
        }
    }

    void transactionEnded() {
        transaction.lockedRows().forget();
        isolationHidden = false;
        sent = false;
        begunByText = false;
        Borrowed now = borrowed;
        if (transaction.takeSessionTouched() && now != null) {
            now.touchSession();
        }
        if (transaction.takeSchemaChanged()) {
            front.schemaChanged();
        }
    }

    // ---- statements

    @Override
    public Statement createStatement() throws SQLException {
        return open(new CachingStatement(this, Connection::createStatement));
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return open(new CachingStatement(this, c -> c.createStatement(type, concurrency)));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return open(new CachingStatement(this, c -> c.createStatement(type, concurrency, holdability)));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return open(new CachingPreparedStatement(this, c -> c.prepareStatement(sql), sql, true));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return open(new CachingPreparedStatement(this, c -> c.prepareStatement(sql, type, concurrency), sql, true));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return open(new CachingPreparedStatement(
                this, c -> c.prepareStatement(sql, type, concurrency, holdability), sql, true));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        boolean plain = autoGeneratedKeys == Statement.NO_GENERATED_KEYS;
        return open(new CachingPreparedStatement(this, c -> c.prepareStatement(sql, autoGeneratedKeys), sql, plain));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return open(new CachingPreparedStatement(this, c -> c.prepareStatement(sql, columnIndexes), sql, false));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return open(new CachingPreparedStatement(this, c -> c.prepareStatement(sql, columnNames), sql, false));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return open(new CachingCallableStatement(this, c -> c.prepareCall(sql), sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return open(new CachingCallableStatement(this, c -> c.prepareCall(sql, type, concurrency), sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return open(new CachingCallableStatement(this, c -> c.prepareCall(sql, type, concurrency, holdability), sql));
    }

    private <S extends CachingStatement> S open(S statement) throws SQLException {
        statement.setUp();
        synchronized (statements) {
            statements.add(statement);
        }
        return statement;
    }

    void closed(CachingStatement statement) {
        synchronized (statements) {
            statements.remove(statement);
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return new CachingDatabaseMetaData(delegate().getMetaData(), this);
    }

    // ---- transactions

    @Override
    public void commit() throws SQLException {
        checkOpen();
        Borrowed now = borrowed;
        if (getAutoCommit()) {
            // Refused by the driver.
            delegate().commit();
        } else if (now != null) {
            commit(() -> {
                now.connection().commit();
                return null;
            });
        }
    }

    /** Ends the transaction by a COMMIT, in whichever way it is sent. */
    void commit(Work<? extends @Nullable Object> commit) throws SQLException {
        Borrowed held = borrowed;
        if (held != null && held.isTransactionFailed()) {
            // The database answers a COMMIT by rolling back.
            rollback(commit);
            return;
        }
        try {
            transaction.commit(commit, barrier -> front.wiring.locks().lock(borrow().connection(), barrier));
        } catch (TransactionScope.NotReportedException e) {
            try {
                Borrowed now = borrow();
                rollback(() -> {
                    now.rollback();
                    return null;
                });
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        } finally {
            transactionEnded();
        }
    }

    @Override
    public void rollback() throws SQLException {
        checkOpen();
        Borrowed now = borrowed;
        if (getAutoCommit()) {
            // Refused by the driver.
            delegate().rollback();
        } else if (now != null) {
            rollback(() -> {
                now.connection().rollback();
                return null;
            });
        }
    }

    /** Ends the transaction by a ROLLBACK, in whichever way it is sent. */
    void rollback(Work<? extends @Nullable Object> rollback) throws SQLException {
        try {
            transaction.rollback(rollback);
        } finally {
            transactionEnded();
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        Savepoint savepoint = delegate().setSavepoint();
        transaction.savepoint(savepoint);
        return savepoint;
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        Savepoint savepoint = delegate().setSavepoint(name);
        transaction.savepoint(savepoint);
        return savepoint;
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        delegate().rollback(savepoint);
        transaction.rolledBackTo(savepoint);
        touchSession();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        delegate().releaseSavepoint(savepoint);
        transaction.release(savepoint);
    }

    // ---- settings

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        used();
        if (!mustAsk()) {
            settings.set(Setting.AUTO_COMMIT, autoCommit, c -> c.setAutoCommit(autoCommit));
            return;
        }
        if (autoCommit && !delegate().getAutoCommit()) {
            commit(() -> {
                delegate().setAutoCommit(true);
                return null;
            });
        } else {
            delegate().setAutoCommit(autoCommit);
        }
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return mustAsk()
                ? delegate().getAutoCommit()
                : settings.get(Setting.AUTO_COMMIT, defaults().autoCommit());
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        if (mustAsk()) {
            delegate().setReadOnly(readOnly);
        } else {
            settings.set(Setting.READ_ONLY, readOnly, c -> c.setReadOnly(readOnly));
        }
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return mustAsk()
                ? delegate().isReadOnly()
                : settings.get(Setting.READ_ONLY, defaults().readOnly());
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        boolean valid = level == TRANSACTION_READ_COMMITTED
                || level == TRANSACTION_READ_UNCOMMITTED
                || level == TRANSACTION_REPEATABLE_READ
                || level == TRANSACTION_SERIALIZABLE;
        // What is not a level is told by the driver.
        if (mustAsk() || !valid) {
            setIsolationNow(level);
        } else {
            settings.set(Setting.ISOLATION, level, c -> c.setTransactionIsolation(level));
        }
        isolationSet = level;
        touchLowered();
    }

    private void setIsolationNow(int level) throws SQLException {
        Connection connection = delegate();
        if (front.wiring.driver().settingIsolationCommits() && !front.isForeign() && inTransaction()) {
            commit(() -> {
                connection.setTransactionIsolation(level);
                return null;
            });
        } else {
            connection.setTransactionIsolation(level);
        }
        touchSession();
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return mustAsk()
                ? delegate().getTransactionIsolation()
                : settings.get(Setting.ISOLATION, defaults().session().isolation());
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        pathChosen = true;
        if (mustAsk()) {
            delegate().setSchema(schema);
            touchSession();
        } else {
            settings.set(Setting.SCHEMA, schema, c -> c.setSchema(schema));
        }
    }

    @Override
    public String getSchema() throws SQLException {
        if (mustAsk()) {
            return delegate().getSchema();
        }
        List<String> path = defaults().session().searchPath();
        @SuppressWarnings("NullAway") // JDBC: null where there is none
        String schema = settings.get(Setting.SCHEMA, path.isEmpty() ? null : path.get(0));
        return schema;
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        pathChosen = true;
        if (mustAsk()) {
            delegate().setCatalog(catalog);
            touchSession();
        } else {
            settings.set(Setting.CATALOG, catalog, c -> c.setCatalog(catalog));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null where there is none
    public String getCatalog() throws SQLException {
        return mustAsk()
                ? delegate().getCatalog()
                : settings.get(Setting.CATALOG, defaults().catalog());
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        if (mustAsk()
                || (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
                        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
            delegate().setHoldability(holdability);
        } else {
            settings.set(Setting.HOLDABILITY, holdability, c -> c.setHoldability(holdability));
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        return mustAsk()
                ? delegate().getHoldability()
                : settings.get(Setting.HOLDABILITY, defaults().holdability());
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        if (mustAsk() || milliseconds < 0) {
            delegate().setNetworkTimeout(executor, milliseconds);
        } else {
            settings.set(Setting.NETWORK_TIMEOUT, milliseconds, c -> c.setNetworkTimeout(executor, milliseconds));
        }
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return mustAsk()
                ? delegate().getNetworkTimeout()
                : settings.get(Setting.NETWORK_TIMEOUT, defaults().networkTimeout());
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        if (mustAsk()) {
            delegate().setTypeMap(map);
        } else {
            settings.set(Setting.TYPE_MAP, map, c -> c.setTypeMap(map));
        }
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return mustAsk()
                ? delegate().getTypeMap()
                : settings.get(Setting.TYPE_MAP, defaults().typeMap());
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        try {
            if (mustAsk()) {
                delegate().setClientInfo(name, value);
            } else {
                settings.setClientInfo(name, value, c -> c.setClientInfo(name, value));
            }
        } catch (SQLClientInfoException e) {
            throw e;
        } catch (SQLException e) {
            throw new SQLClientInfoException(
                    e.getMessage(), e.getSQLState(), Map.of(name, ClientInfoStatus.REASON_UNKNOWN), e);
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        try {
            delegate().setClientInfo(properties);
        } catch (SQLClientInfoException e) {
            throw e;
        } catch (SQLException e) {
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null where there is none
    public String getClientInfo(String name) throws SQLException {
        return mustAsk()
                ? delegate().getClientInfo(name)
                : settings.clientInfo(name, defaults().clientInfo().getProperty(name));
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        return delegate().getClientInfo();
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null where there is none
    public SQLWarning getWarnings() throws SQLException {
        return mustAsk() ? delegate().getWarnings() : null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        if (mustAsk()) {
            delegate().clearWarnings();
        }
    }

    // ---- the end

    /** Of interest to a connection that is held, if at all. */
    @Override
    public void beginRequest() throws SQLException {
        Borrowed now = borrowed;
        if (now != null) {
            now.connection().beginRequest();
        }
    }

    @Override
    public void endRequest() throws SQLException {
        Borrowed now = borrowed;
        if (now != null) {
            now.connection().endRequest();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        Borrowed now = borrowed;
        return closed || now != null && now.connection().isClosed();
    }

    @Override
    public void close() throws SQLException {
        Borrowed now = takeForClosing();
        closeStatements();
        if (now == null) {
            return;
        }
        try {
            if (transaction.current() != null) {
                // Not left to the pool: whether it commits, rolls back or does nothing is its setting.
                transaction.rollback(() -> {
                    now.rollback();
                    return null;
                });
            }
        } finally {
            transactionEnded();
            if (leavesIsolationBehind()) {
                now.touchSession();
            }
            giveBack(now);
        }
    }

    /** What was begun through the driver's connection is rolled back: the pool knows nothing of it. */
    private void giveBack(Borrowed now) throws SQLException {
        boolean answered = false;
        try {
            if (handOut.hasBegun() && now.isInTransaction()) {
                now.rollback();
            }
            answered = !now.isBroken();
        } finally {
            try {
                handOut.end(answered);
            } finally {
                now.giveBack();
            }
        }
    }

    /** Not every pool puts the isolation level back. */
    private boolean leavesIsolationBehind() {
        Defaults defaults = front.defaults();
        return isolationSet != TRANSACTION_NONE
                && (defaults == null || isolationSet != defaults.session().isolation());
    }

    private synchronized @Nullable Borrowed takeForClosing() {
        if (closed) {
            return null;
        }
        closed = true;
        if (user != null) {
            OpenConnections.closed(this);
        }
        return borrowed;
    }

    private void closeStatements() {
        List<CachingStatement> open;
        synchronized (statements) {
            open = new ArrayList<>(statements);
            statements.clear();
        }
        open.forEach(CachingStatement::closeWithConnection);
    }

    @Override
    @SuppressWarnings("NullAway") // passed on as it is given
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            // Refused by the driver.
            delegate().abort(executor);
            return;
        }
        Borrowed now = takeForClosing();
        if (now != null) {
            now.connection().abort(executor);
            transaction.lost();
            handOut.end(false);
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T unwrapped = delegate().unwrap(type);
        T watched = front.isForeign() ? null : front.wiring.driver().watched(type, unwrapped, watch());
        if (watched != null) {
            return watched;
        }
        handOut();
        return unwrapped;
    }

    private DriverProfile.Watch watch() {
        return new DriverProfile.Watch() {
            @Override
            public void handOut() throws SQLException {
                LogicalConnection.this.handOut();
            }

            @Override
            public <R> R send(String sql, DriverProfile.Sent<R> work) throws SQLException {
                LogicalConnection of = LogicalConnection.this;
                return Writes.run(of, sql, Analyses.of(of, sql), new BoundValues(), work::run);
            }
        };
    }

    /** The driver's own connection, or an object that leads to it, is about to be handed out. */
    void handOut() throws SQLException {
        Recording.writes("it uses the driver's own connection");
        front.unwrapped();
        transaction().lockedRows().suspend();
        Borrowed now = borrow();
        handOut.begin(now.sessionName());
        touchSession();
        now.unwrapped();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || delegate().isWrapperFor(type);
    }
}
