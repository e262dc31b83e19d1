package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.LateCommitException;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ReportException;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of writes whose changes cannot be reported, or whose outcome is not known. */
class UnreportedWritesTest {
    private final List<String> calls = new ArrayList<>();
    private @Nullable RuntimeException atReport;
    private @Nullable RuntimeException afterCommit;
    private CachedDatabase database;

    /** A cache that serves nothing, writes down how it is called, and fails as it is told. */
    private final class RecordingCache implements ResultCache {
        @Override
        public Lookup lookup(
                Query query,
                EntryKey key,
                Duration ttl,
                @Nullable Transaction transaction,
                boolean mayWait,
                long schemaVersion) {
            return new Lookup.Bypass(MissReason.NOT_FRESH, "recording");
        }

        @Override
        public Transaction begin() {
            calls.add("begin");
            return new RecordingTransaction();
        }

        @Override
        public void enlist(Collection<Table> tables, Duration timeout) {}

        @Override
        public void close() {}
    }

    private final class RecordingTransaction implements Transaction {
        @Override
        public void changed(Collection<ChangeEvent> events) {
            calls.add("changed");
        }

        @Override
        public void changedEverything(String why) {
            calls.add("everything");
        }

        @Override
        public boolean affects(Query query) {
            return true;
        }

        @Override
        public Object savepoint() {
            calls.add("savepoint");
            return 1L;
        }

        @Override
        public void rollbackTo(Object savepoint) {
            calls.add("rollbackTo");
        }

        @Override
        public void reportNow(@Nullable Collection<ChangeEvent> events, String session) {
            calls.add("reportNow " + (events == null ? "everything" : events.size()));
            assertThat(session).matches("\\d+@\\d+\\.\\d+");
            fail(atReport);
        }

        @Override
        public Outcome commit(DatabaseCommit databaseCommit) {
            fail(atReport);
            Outcome outcome = databaseCommit.run();
            calls.add(outcome.toString());
            fail(afterCommit);
            return outcome;
        }

        @Override
        public void rollback() {
            calls.add("rollback");
        }

        @Override
        public void connectionLost() {
            calls.add("connectionLost");
        }

        private void fail(@Nullable RuntimeException failure) {
            if (failure != null) {
                throw failure;
            }
        }
    }

    @BeforeEach
    void open() throws SQLException {
        database = CachedDatabase.over(
                new RecordingCache(),
                "CREATE TABLE item (id int PRIMARY KEY, name text UNIQUE DEFERRABLE INITIALLY DEFERRED);"
                        + " INSERT INTO item VALUES (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private String name() throws SQLException {
        try (Connection connection = database.direct();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM item WHERE id = 1")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void assertState(String state, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    }

    @Test
    void anAutocommitWriteThatCannotBeReportedIsRolledBack() throws SQLException {
        atReport = new ReportException("no store");
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            assertState("40000", () -> statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1"));
            assertThat(connection.getAutoCommit()).isTrue();
            atReport = null;
            assertThat(statement.executeUpdate("UPDATE item SET name = 'y' WHERE id = 2"))
                    .isEqualTo(1);
        }
        assertThat(name()).isEqualTo("one");
        assertThat(calls).containsExactly("begin", "changed", "rollback", "begin", "changed", "COMMITTED");
    }

    @Test
    void aTransactionThatCannotBeReportedIsRolledBack() throws SQLException {
        atReport = new ReportException("no store");
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1");
            assertState("40000", connection::commit);
            assertThat(name()).isEqualTo("one");
            connection.rollback();
        }
        assertThat(calls).containsExactly("begin", "changed", "rollback");
    }

    @Test
    void aStatementThatCommitsByItselfIsNotSentUnreported() throws SQLException {
        atReport = new ReportException("no store");
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            assertState(
                    "40000", () -> statement.execute("DO $$ BEGIN UPDATE item SET name = 'x' WHERE id = 1; END $$"));
        }
        assertThat(name()).isEqualTo("one");
        assertThat(calls).containsExactly("begin", "reportNow everything", "rollback");
    }

    @Test
    void aStatementThatCommitsByItselfEndsWhenItIsAnswered() throws SQLException {
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN UPDATE item SET name = 'x' WHERE id = 1; END $$");
            assertState("22012", () -> statement.execute("DO $$ BEGIN PERFORM 1 / 0; END $$"));
        }
        assertThat(calls)
                .containsExactly(
                        "begin", "reportNow everything", "COMMITTED", "begin", "reportNow everything", "COMMITTED");
    }

    @Test
    void aLateCommitSaysThatItsOutcomeIsOpen() throws SQLException {
        afterCommit = new LateCommitException("late", new IllegalStateException());
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            assertState("08007", () -> statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1"));
        }
        assertThat(name()).isEqualTo("x");
    }

    @Test
    void anErrorThatAnswersTheCommitMeansRolledBack() throws SQLException {
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            assertState("23505", () -> statement.executeUpdate("UPDATE item SET name = 'two' WHERE id = 1"));
        }
        assertThat(calls).containsExactly("begin", "changed", "ROLLED_BACK");
    }

    @Test
    void theCommitOfAFailedTransactionIsRolledBack() throws SQLException {
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1");
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1 / 0")).isInstanceOf(SQLException.class);
            connection.commit();
        }
        assertThat(name()).isEqualTo("one");
        assertThat(calls).containsExactly("begin", "changed", "rollback");
    }

    @Test
    void aCommitThatIsNotAnsweredIsOpen() throws SQLException {
        Connection connection = database.cached.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1");
            database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                            + " AND query LIKE '%UPDATE item%'");
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        } finally {
            connection.close();
        }
        assertThat(calls).containsExactly("begin", "changed", "UNKNOWN");
    }

    @Test
    void aRollbackThatIsNotAnsweredMeansALostConnection() throws SQLException {
        Connection connection = database.cached.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1");
            database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                            + " AND query LIKE '%UPDATE item%'");
            assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);
        } finally {
            connection.close();
        }
        assertThat(calls).containsExactly("begin", "changed", "connectionLost");
    }

    @Test
    void abortedConnectionsAreLost() throws SQLException {
        Connection connection = database.cached.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1");
            connection.abort(Runnable::run);
        }
        assertThat(connection.isClosed()).isTrue();
        assertThat(calls).containsExactly("begin", "changed", "connectionLost");
    }

    @Test
    void switchingToAutocommitCommits() throws SQLException {
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1");
            connection.setAutoCommit(true);
            assertThat(name()).isEqualTo("x");
        }
        assertThat(calls).containsExactly("begin", "changed", "COMMITTED");
    }

    @Test
    void aTransactionThatOnlyReadsCostsNothing() throws SQLException {
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM item").close();
            connection.commit();
        }
        assertThat(calls).isEmpty();
    }
}
