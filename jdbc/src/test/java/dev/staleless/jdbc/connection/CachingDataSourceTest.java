package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

class CachingDataSourceTest {
    private static final String DDL =
            "CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(10,2), owner int);"
                    + " CREATE TABLE other (id int PRIMARY KEY, name text);"
                    + " INSERT INTO item VALUES (1, 'one', 1.50, 7), (2, 'two', 2.50, 8); INSERT INTO other VALUES (1, 'x')";

    private CachedDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = CachedDatabase.of(DDL);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private Connection connection() throws SQLException {
        return database.cached.getConnection();
    }

    private static String name(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString("name") : null;
            }
        }
    }

    private String name(int id) throws SQLException {
        try (Connection connection = connection()) {
            return name(connection, id);
        }
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Whether the query of the item is served from the cache now. */
    private boolean isServed(int id) throws SQLException {
        long before = database.hits();
        name(id);
        return database.hits() > before;
    }

    @Test
    void aSecondReadIsServedWithoutAConnection() throws SQLException {
        assertThat(name(1)).isEqualTo("one");
        try (Connection connection = connection()) {
            assertThat(name(connection, 1)).isEqualTo("one");
            assertThat(database.hits())
                    .as(() -> database.passedThrough + "" + database.notCaptured)
                    .isEqualTo(1);
            assertThat(database.active()).isZero();
        }
    }

    @Test
    void aHitNeedsNoPool() throws SQLException {
        name(1);
        database.pool.close();
        assertThat(name(1)).isEqualTo("one");
    }

    @Test
    void anAutocommitWriteDropsWhatItAffectsAndNothingElse() throws SQLException {
        name(1);
        name(2);
        update("UPDATE item SET name = 'uno' WHERE id = 1");
        assertThat(isServed(2)).isTrue();
        assertThat(isServed(1)).isFalse();
        assertThat(name(1)).isEqualTo("uno");
    }

    @Test
    void anAutocommitWriteLeavesTheConnectionInAutocommit() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE item SET name = 'uno' WHERE id = 1"))
                    .isEqualTo(1);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO item VALUES (1, 'again')"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(name(connection, 1)).isEqualTo("uno");
        }
    }

    @Test
    void rowsReturnedByAnAutocommitWriteStayReadable() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE item SET name = name || '!' WHERE id < ? RETURNING id, name")) {
            statement.setFetchSize(1);
            statement.setInt(1, 10);
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(2);
            }
            assertThat(statement.getFetchSize()).isEqualTo(1);
        }
        assertThat(name(1)).isEqualTo("one!");
    }

    @Test
    void generatedKeysOfAnAutocommitWriteAreThere() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO item (id, name) VALUES (3, 'three')", Statement.RETURN_GENERATED_KEYS)) {
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt("id")).isEqualTo(3);
                assertThat(keys.getStatement()).isSameAs(statement);
            }
        }
    }

    @Test
    void aTransactionSeesItsOwnChangesAndOthersDoNotUntilItCommits() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'uno' WHERE id = 1");
            assertThat(name(connection, 1)).isEqualTo("uno");
            assertThat(isServed(1)).isTrue();
            assertThat(name(1)).isEqualTo("one");
            connection.commit();
            assertThat(name(1)).isEqualTo("uno");
        }
    }

    @Test
    void aRolledBackTransactionIsNeverSeen() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'uno' WHERE id = 1");
            assertThat(name(connection, 1)).isEqualTo("uno");
            connection.rollback();
            assertThat(name(connection, 1)).isEqualTo("one");
        }
        assertThat(name(1)).isEqualTo("one");
    }

    @Test
    void aTransactionThatIsClosedOpenIsRolledBack() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'uno' WHERE id = 1");
        }
        assertThat(name(1)).isEqualTo("one");
    }

    @Test
    void aSavepointRolledBackForgetsItsChanges() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Savepoint savepoint = connection.setSavepoint();
            statement.executeUpdate("UPDATE item SET name = 'uno' WHERE id = 1");
            assertThat(name(connection, 1)).isEqualTo("uno");
            connection.rollback(savepoint);
            assertThat(name(connection, 1)).isEqualTo("one");
            statement.executeUpdate("UPDATE other SET name = 'y'");
            connection.commit();
        }
        assertThat(isServed(1)).isTrue();
    }

    @Test
    void nothingIsServedInAFailedTransaction() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO item VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> name(connection, 1))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertThat(name(connection, 1)).isEqualTo("one");
        }
    }

    @Test
    void nothingIsServedNorPublishedInAStricterTransaction() throws SQLException {
        name(1);
        try (Connection connection = connection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            assertThat(name(connection, 2)).isEqualTo("two");
            long hits = database.hits();
            name(connection, 1);
            assertThat(database.hits()).isEqualTo(hits);
            connection.commit();
        }
        assertThat(isServed(2)).isFalse();
    }

    @Test
    void anIsolationLevelThatWasLeftBehindIsNoticed() throws SQLException {
        name(1);
        try (Connection direct = database.direct()) {
            // A pool of one connection that puts nothing back.
            Connection kept = (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            return null;
                        }
                        try {
                            return method.invoke(direct, arguments);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            org.postgresql.ds.PGSimpleDataSource pool = new org.postgresql.ds.PGSimpleDataSource() {
                @Override
                public Connection getConnection() {
                    return kept;
                }
            };
            javax.sql.DataSource cached = database.caching(pool);
            try (Connection connection = cached.getConnection()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            }
            try (Connection connection = cached.getConnection()) {
                name(connection, 1);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                name(connection, 1);
            }
            try (Connection connection = cached.getConnection()) {
                connection.setAutoCommit(false);
                long hits = database.hits();
                name(connection, 1);
                assertThat(database.hits()).isEqualTo(hits);
                connection.rollback();
            }
        }
    }

    @Test
    void anIsolationLevelSetByTextCounts() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            long hits = database.hits();
            name(connection, 1);
            assertThat(database.hits()).isEqualTo(hits);
            connection.commit();
            name(connection, 1);
            assertThat(database.hits()).isEqualTo(hits + 1);
        }
    }

    @Test
    void aTransactionByTextIsFollowed() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.executeUpdate("UPDATE item SET name = 'uno' WHERE id = 1");
            assertThat(name(connection, 1)).isEqualTo("uno");
            assertThat(name(1)).isEqualTo("one");
            statement.execute("COMMIT");
            assertThat(name(1)).isEqualTo("uno");
            statement.execute("BEGIN");
            statement.executeUpdate("UPDATE item SET name = 'eins' WHERE id = 1");
            statement.execute("ROLLBACK");
            assertThat(name(connection, 1)).isEqualTo("uno");
        }
    }

    @Test
    void aTransactionBegunAmongSeveralStatementsIsFollowed() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN; UPDATE item SET name = 'uno' WHERE id = 1");
            assertThat(name(1)).isEqualTo("one");
            assertThat(name(connection, 1)).isEqualTo("uno");
            statement.execute("COMMIT");
            assertThat(name(1)).isEqualTo("uno");
        }
    }

    @Test
    void aTransactionThatFailsWhileAResultIsFetchedServesNothing() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1);
            ResultSet rows = statement.executeQuery("SELECT 1 / (2 - i) FROM generate_series(1, 3) AS i");
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> name(connection, 1))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
        }
    }

    @Test
    void aBatchDropsWhatItsEntriesAffect() throws SQLException {
        name(1);
        name(2);
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
            statement.setString(1, "a");
            statement.setInt(2, 1);
            statement.addBatch();
            statement.setString(1, "b");
            statement.setInt(2, 5);
            statement.addBatch();
            assertThat(statement.executeBatch()).containsExactly(1, 0);
        }
        assertThat(isServed(2)).isTrue();
        assertThat(name(1)).isEqualTo("a");
    }

    @Test
    void aSettingOfTheSessionIsPartOfTheKey() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            String sql = "SELECT price FROM item WHERE id = 1";
            statement.executeQuery(sql).close();
            statement.execute("SET extra_float_digits = 0");
            long hits = database.hits();
            statement.executeQuery(sql).close();
            assertThat(database.hits()).isEqualTo(hits);
            statement.executeQuery(sql).close();
            assertThat(database.hits()).isEqualTo(hits + 1);
            statement.execute("RESET ALL");
            statement.executeQuery(sql).close();
            assertThat(database.hits()).isEqualTo(hits + 2);
        }
    }

    @Test
    void aSettingThatWasLeftBehindIsNoticed() throws SQLException {
        name(1);
        update("SET timezone = 'Asia/Tokyo'");
        try (Connection connection = connection()) {
            name(connection, 1);
            assertThat(database.active())
                    .as("the connection had to be asked for its session")
                    .isEqualTo(1);
        }
    }

    @Test
    void anotherSchemaIsReadFromThere() throws SQLException {
        name(1);
        database.execute("CREATE SCHEMA " + database.schema + "_b; CREATE TABLE " + database.schema
                + "_b.item (id int, name text);" + " INSERT INTO " + database.schema
                + "_b.item VALUES (1, 'other schema')");
        try (Connection connection = connection()) {
            connection.setSchema(database.schema + "_b");
            assertThat(name(connection, 1)).isEqualTo("other schema");
            // The pool does not put it back.
            connection.setSchema(database.schema);
            assertThat(name(connection, 1)).isEqualTo("one");
        }
        database.execute("DROP SCHEMA " + database.schema + "_b CASCADE");
    }

    @Test
    void aTemporaryTableHidesTheCachedOne() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE item AS SELECT 1 AS id, 'temporary'::text AS name");
            assertThat(name(connection, 1)).isEqualTo("temporary");
            statement.execute("DROP TABLE pg_temp.item");
            assertThat(name(connection, 1)).isEqualTo("one");
        }
    }

    @Test
    void aChangeInASessionWithoutForeignKeysIsOneOfEverything() throws SQLException {
        name(1);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute("UPDATE item SET name = 'renamed' WHERE id = 1");
            assertThat(database.everything).isNotEmpty();
            statement.execute("SET session_replication_role = DEFAULT");
        }
        assertThat(name(1)).isEqualTo("renamed");
    }

    @Test
    void aStatementThatIsNotUnderstoodDropsEverything() throws SQLException {
        name(1);
        database.execute("CREATE FUNCTION rename() RETURNS int LANGUAGE sql AS"
                + " $$ UPDATE item SET name = 'renamed' WHERE id = 1 RETURNING id $$");
        update("DO $$ BEGIN PERFORM rename(); END $$");
        assertThat(name(1)).isEqualTo("renamed");
        assertThat(database.everything).hasSize(1);
    }

    @Test
    void aChangeOfTheSchemaIsKnownToTheNextStatement() throws SQLException {
        name(1);
        update("CREATE TABLE child (id int PRIMARY KEY, item int REFERENCES item ON DELETE CASCADE)");
        update("INSERT INTO child VALUES (1, 2)");
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE other ADD COLUMN item int REFERENCES item ON DELETE SET NULL");
            statement.executeUpdate("UPDATE other SET item = 2");
            connection.commit();
            assertThat(count(connection, "SELECT count(item) FROM other")).isEqualTo(1);
            connection.commit();
            update("DELETE FROM item WHERE id = 2");
            assertThat(count(connection, "SELECT count(item) FROM other")).isZero();
        }
    }

    private static int count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void whatCannotRunInATransactionRuns() throws SQLException {
        name(1);
        update("VACUUM item");
        assertThat(name(1)).isEqualTo("one");
    }

    @Test
    void aResultOverTheLimitIsHandedOnWhole() throws SQLException {
        try (CachedDatabase small = CachedDatabase.of(DDL, "", new dev.staleless.jdbc.policy.Limits(1, 1 << 20));
                Connection connection = small.cached.getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 2; i++) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM item")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.next()).isFalse();
                }
            }
            assertThat(small.hits()).isZero();
            assertThat(small.notCaptured).hasSize(2);
        }
    }

    @Test
    void aResultBehindACursorIsHandedOn() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM item")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
            assertThat(database.notCaptured).containsExactly("the server keeps a cursor: the result is streamed");
        }
    }

    @Test
    void executeServesFromTheCacheToo() throws SQLException {
        name(1);
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            statement.setInt(1, 1);
            assertThat(statement.execute()).isTrue();
            assertThat(database.hits()).isEqualTo(1);
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            ResultSet rows = statement.getResultSet();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(rows.getStatement().getConnection()).isSameAs(connection);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(rows.isClosed()).isTrue();
            assertThat(statement.getResultSet()).isNull();
            assertThat(database.active()).isZero();
        }
    }

    @Test
    void parametersOfOtherTypesAreOtherKeys() throws SQLException {
        name(1);
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            statement.setLong(1, 1);
            statement.executeQuery().close();
            assertThat(database.hits()).isZero();
            statement.setInt(1, 1);
            statement.executeQuery().close();
            assertThat(database.hits()).isEqualTo(1);
        }
    }

    @Test
    void anArrayIsPartOfTheKeyByItsElementsWithoutAConnection() throws SQLException {
        assertThat(names(new Object[] {1L, 2L}, false)).isEqualTo(2);
        assertThat(names(new Object[] {1L, 2L}, false)).isEqualTo(2);
        assertThat(database.hits())
                .as(() -> database.passedThrough + "" + database.notCaptured)
                .isEqualTo(1);
        assertThat(names(new Object[] {1L}, false)).isEqualTo(1);
        assertThat(database.hits()).isEqualTo(1);
        update("UPDATE item SET name = 'uno' WHERE id = 1");
        assertThat(names(new Object[] {2L}, false)).isEqualTo(1);
        update("UPDATE item SET name = 'eins' WHERE id = 1");
        assertThat(names(new Object[] {2L}, false)).isEqualTo(1);
        assertThat(database.hits()).as("of another element's row").isEqualTo(2);
    }

    @Test
    void anArrayThatIsChangedAfterItWasBoundIsTheOneBound() throws SQLException {
        assertThat(names(new Long[] {1L, 2L}, true)).isEqualTo(2);
        assertThat(names(new Long[] {1L, 2L}, true)).isEqualTo(2);
        assertThat(database.hits()).isEqualTo(1);
    }

    /** The number of items with one of the ids; as an array of the driver, or an object that is changed afterwards. */
    private int names(Object[] ids, boolean object) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ANY (?)")) {
            if (object) {
                statement.setObject(1, ids);
                ids[0] = -1L;
            } else {
                Array array = connection.createArrayOf("bigint", ids);
                statement.setArray(1, array);
                array.free();
            }
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                return count;
            }
        }
    }

    @Test
    void aParameterOutOfRangeIsRefusedAsTheDriverDoes() throws SQLException {
        name(1);
        try (Connection direct = database.direct();
                Connection connection = connection();
                PreparedStatement live = direct.prepareStatement("SELECT name FROM item WHERE id = ?");
                PreparedStatement wrapped = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            String expected = org.assertj.core.api.Assertions.catchThrowable(() -> live.setInt(2, 1))
                    .getMessage();
            assertThatThrownBy(() -> wrapped.setInt(2, 1)).hasMessage(expected);
            assertThatThrownBy(wrapped::executeQuery).hasMessageContaining("parameter 1");
        }
    }

    @Test
    void settingsMadeWithoutConnectionAreAppliedToIt() throws SQLException {
        name(1);
        try (Connection connection = connection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setClientInfo("ApplicationName", "tested");
            assertThat(database.active()).isZero();
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("tested");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT current_setting('transaction_isolation'),"
                            + " current_setting('transaction_read_only'), current_setting('application_name')")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("serializable");
                assertThat(rows.getString(2)).isEqualTo("on");
                assertThat(rows.getString(3)).isEqualTo("tested");
            }
        }
    }

    @Test
    void aConnectionOfTheDriverThatIsHandedOutCountsAsAChangeOfEverythingUntilItIsReturned() throws SQLException {
        name(1);
        Connection connection = connection();
        connection.unwrap(PgConnection.class).execSQLUpdate("UPDATE item SET name = 'by the driver' WHERE id = 1");
        long hits = database.hits();
        name(connection, 1);
        assertThat(name(1)).isEqualTo("by the driver");
        assertThat(name(1)).isEqualTo("by the driver");
        assertThat(database.hits()).isEqualTo(hits);
        connection.close();
        assertThat(name(1)).isEqualTo("by the driver");
        assertThat(name(1)).isEqualTo("by the driver");
        assertThat(database.hits()).isEqualTo(hits + 1);
    }

    @Test
    void whatIsLeftOpenOnTheDriversConnectionIsRolledBack() throws SQLException {
        try (Connection connection = connection()) {
            connection.unwrap(PgConnection.class).execSQLUpdate("BEGIN; UPDATE item SET name = 'open' WHERE id = 1");
        }
        assertThat(name(1)).isNotEqualTo("open");
    }

    @Test
    void theDriversInterfaceIsHarmlessUntilSomethingCanWrite() throws SQLException, java.io.IOException {
        name(1);
        try (Connection connection = connection()) {
            PGConnection driver = connection.unwrap(PGConnection.class);
            assertThat(driver.getBackendPID()).isPositive();
            assertThat(driver.getNotifications()).isEmpty();
            long hits = database.hits();
            name(connection, 1);
            assertThat(database.hits()).isEqualTo(hits + 1);
            org.postgresql.copy.CopyIn copy = driver.getCopyAPI().copyIn("COPY item (id, name) FROM STDIN");
            copy.writeToCopy("77\tcopied\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 10);
            copy.endCopy();
            name(1);
            assertThat(database.hits()).isEqualTo(hits + 1);
        }
        assertThat(name(77)).isEqualTo("copied");
        database.execute("DELETE FROM item WHERE id = 77");
    }

    @Test
    void whatIsCopiedIntoATableIsToldAsNewRowsOfIt() throws SQLException, java.io.IOException {
        String copy = "COPY item (id, name) FROM STDIN";
        assertThat(name(78)).isNull();
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = connection()) {
                connection.setAutoCommit(autoCommit);
                org.postgresql.copy.CopyManager copies =
                        connection.unwrap(PGConnection.class).getCopyAPI();
                assertThat(copies.copyIn(copy, new java.io.StringReader("78\tcopied\n")))
                        .isEqualTo(1);
                java.io.StringWriter copied = new java.io.StringWriter();
                copies.copyOut("COPY item TO STDOUT", copied);
                assertThat(copied.toString()).contains("copied");
                if (!autoCommit) {
                    connection.commit();
                }
            }
            assertThat(name(78)).isEqualTo("copied");
            try (Connection connection = connection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM item WHERE id = 78");
            }
            assertThat(name(78)).isNull();
        }
        assertThat(database.everything).isEmpty();
    }

    @Test
    void aCopyThatFailsFailsAsTheDriverSays() throws SQLException {
        try (Connection connection = connection()) {
            org.postgresql.copy.CopyManager copies =
                    connection.unwrap(PGConnection.class).getCopyAPI();
            java.io.Reader broken = new java.io.Reader() {
                @Override
                public int read(char[] buffer, int offset, int length) throws java.io.IOException {
                    throw new java.io.IOException("broken");
                }

                @Override
                public void close() {}
            };
            assertThatThrownBy(() -> copies.copyIn("COPY item (id, name) FROM STDIN", broken))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessage("broken");
            assertThatThrownBy(() -> copies.copyIn("COPY item (id) FROM STDIN", new java.io.StringReader("x\n")))
                    .isInstanceOf(org.postgresql.util.PSQLException.class);
            assertThat(name(connection, 1)).isNotNull();
        }
    }

    @Test
    void rowsChangedThroughAnUpdatableResultAreReported() throws SQLException {
        name(1);
        name(2);
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = connection()) {
                connection.setAutoCommit(autoCommit);
                try (Statement statement = connection.createStatement(
                                ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                        ResultSet rows =
                                statement.executeQuery("SELECT id, name FROM item WHERE id <= 2 ORDER BY id")) {
                    rows.next();
                    rows.updateString(2, "updated " + autoCommit);
                    rows.updateRow();
                    rows.moveToInsertRow();
                    rows.updateInt(1, 90);
                    rows.updateString(2, "inserted");
                    rows.insertRow();
                    rows.moveToCurrentRow();
                }
                try (Statement statement = connection.createStatement(
                                ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                        ResultSet rows = statement.executeQuery("SELECT id, name FROM item WHERE id = 90")) {
                    rows.next();
                    rows.deleteRow();
                }
                if (!autoCommit) {
                    connection.commit();
                }
            }
            assertThat(name(1)).isEqualTo("updated " + autoCommit);
        }
        assertThat(database.everything).isEmpty();
    }

    @Test
    void metadataLeadsBackToTheWrappers() throws SQLException {
        try (Connection connection = connection();
                ResultSet tables = connection.getMetaData().getTables(null, database.schema, "item", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getStatement().getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
        }
    }

    @Test
    void closedObjectsRefuse() throws SQLException {
        name(1);
        Connection connection = connection();
        PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?");
        statement.setInt(1, 1);
        ResultSet rows = statement.executeQuery();
        connection.close();
        assertThat(rows.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
        assertThatThrownBy(connection::createStatement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
        connection.close();
    }

    @Test
    void aStatementThatClosesOnCompletionDoesSo() throws SQLException {
        name(1);
        try (Connection connection = connection()) {
            PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?");
            statement.closeOnCompletion();
            statement.setInt(1, 1);
            statement.executeQuery().close();
            assertThat(statement.isClosed()).isTrue();
        }
    }
}
