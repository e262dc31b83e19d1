package dev.staleless.jdbc.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The catalog of a real PostgreSQL. */
class PostgresCatalogTest {

    private static final String DATABASE = "catalog_test";

    private static final String SCHEMA = """
      CREATE SCHEMA shop;
      CREATE TYPE mood AS ENUM ('sad', 'ok');
      CREATE COLLATION fold (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      CREATE COLLATION german (provider = icu, locale = 'de-DE');
      CREATE DOMAIN email AS varchar(80) COLLATE "C" CHECK (VALUE LIKE '%@%');
      CREATE DOMAIN address AS email DEFAULT 'a@b';
      CREATE TABLE types (
        b boolean, i2 smallint, i4 integer NOT NULL, i8 bigint, n numeric, n102 numeric(10,2), nm2 numeric(5,-2),
        f4 real, f8 double precision, t text, v varchar(10), c char(3), german text COLLATE german,
        fold text COLLATE fold, posix text COLLATE "POSIX", bytes bytea, d date, tm time, ts timestamp, ts3 timestamp(3),
        tz timestamptz, u uuid, j jsonb, arr int[], m mood, e email, a address, ttz timetz, iv interval, mn money);
      CREATE TABLE shop.customer (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(10) UNIQUE, name text DEFAULT 'x',
        upper_name text GENERATED ALWAYS AS (upper(name)) STORED, virtual_name text GENERATED ALWAYS AS (lower(name)) VIRTUAL,
        a int, b int, UNIQUE (a, b));
      CREATE UNIQUE INDEX partial ON shop.customer (a) WHERE b = 1;
      CREATE UNIQUE INDEX expression ON shop.customer (lower(name));
      CREATE TABLE shop.item (
        customer_id bigint REFERENCES shop.customer ON DELETE CASCADE ON UPDATE SET NULL,
        other_id bigint REFERENCES shop.customer, line int, PRIMARY KEY (line, customer_id));
      CREATE TABLE shop.note (line int, customer_id bigint, FOREIGN KEY (line, customer_id)
        REFERENCES shop.item (line, customer_id) ON DELETE SET NULL (line) ON UPDATE SET DEFAULT);
      CREATE TABLE shop.referred (id int PRIMARY KEY); CREATE TABLE shop.checked (r int REFERENCES shop.referred);
      CREATE TABLE shop.deferrable (r int REFERENCES shop.referred DEFERRABLE);
      CREATE TABLE shop.unproven (r int); ALTER TABLE shop.unproven ADD FOREIGN KEY (r) REFERENCES shop.referred NOT VALID;
      CREATE TABLE shop.switched_off (r int REFERENCES shop.referred); ALTER TABLE shop.switched_off DISABLE TRIGGER ALL;
      CREATE TABLE shop.divided (id int, r int REFERENCES shop.referred) PARTITION BY RANGE (id);
      CREATE TABLE shop.divided1 PARTITION OF shop.divided DEFAULT;
      CREATE TABLE gone (a int, b int, c int); ALTER TABLE gone DROP COLUMN b;
      CREATE VIEW v AS SELECT * FROM types; CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;
      CREATE TABLE part (id int) PARTITION BY RANGE (id); CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (1) TO (9);
      CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE FUNCTION shop."MyFunction"() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE TABLE triggered (id int); CREATE TRIGGER t AFTER INSERT ON triggered FOR EACH STATEMENT EXECUTE FUNCTION f();
      CREATE TABLE altered (id int); CREATE TRIGGER t BEFORE INSERT ON altered FOR EACH ROW EXECUTE FUNCTION f();
      CREATE TABLE silenced (id int); CREATE TRIGGER t BEFORE INSERT ON silenced FOR EACH ROW EXECUTE FUNCTION f();
      ALTER TABLE silenced DISABLE TRIGGER t;
      CREATE TABLE ruled (id int); CREATE RULE r AS ON INSERT TO ruled DO ALSO NOTHING;
      CREATE TABLE secure (id int); ALTER TABLE secure ENABLE ROW LEVEL SECURITY;
      CREATE TABLE unproven (a int, b int NOT NULL); ALTER TABLE unproven ADD CONSTRAINT nn NOT NULL a NOT VALID;
      CREATE TABLE "Mixed Case" ("Id" int PRIMARY KEY);
      CREATE TABLE shop.types (id int);
      CREATE SCHEMA staleless; CREATE TABLE staleless.staleless_state (id int);
      """;

    private static Catalog catalog;

    @BeforeAll
    static void createSchema() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + DATABASE);
        execute(url(), SCHEMA);
        catalog = CatalogSource.postgres(PostgresCatalogTest::connect, "staleless")
                .current();
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + DATABASE + " WITH (FORCE)");
    }

    private static String url() {
        return PostgresServer.shared().jdbcUrl(DATABASE);
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Table table(String schema, String name) {
        Table table = catalog.table(new TableName(schema, name));
        assertThat(table).as(schema + "." + name).isNotNull();
        return table;
    }

    private static Column column(String table, String name) {
        Column column = table("public", table).column(name);
        assertThat(column).as(name).isNotNull();
        return column;
    }

    private static ColumnType exact(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.EXACT);
    }

    private static void assertType(String column, ColumnType type) {
        assertThat(column("types", column).type()).as(column).isEqualTo(type);
    }

    @Test
    void numbersAndTimesHaveTheirPrecision() {
        assertType("b", exact(Kind.BOOLEAN, -1, -1));
        assertType("i2", exact(Kind.INTEGER, 5, 0));
        assertType("i4", exact(Kind.INTEGER, 10, 0));
        assertType("i8", exact(Kind.INTEGER, 19, 0));
        assertType("n", exact(Kind.DECIMAL, -1, -1));
        assertType("n102", exact(Kind.DECIMAL, 10, 2));
        assertType("nm2", exact(Kind.DECIMAL, 5, -2));
        assertType("f4", exact(Kind.FLOAT, -1, -1));
        assertType("f8", exact(Kind.FLOAT, -1, -1));
        assertType("d", exact(Kind.DATE, -1, -1));
        assertType("tm", exact(Kind.TIME, 6, -1));
        assertType("ts", exact(Kind.TIMESTAMP, 6, -1));
        assertType("ts3", exact(Kind.TIMESTAMP, 3, -1));
        assertType("tz", exact(Kind.TIMESTAMP_TZ, 6, -1));
        assertType("u", exact(Kind.UUID, -1, -1));
        assertType("bytes", exact(Kind.BYTES, -1, -1));
    }

    @Test
    void textComparesAsItsCollationDoes() {
        // The embedded database's own collation is the built-in C.UTF-8.
        assertType("t", new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT_ORDERED));
        assertType("v", new ColumnType(Kind.TEXT, 10, -1, Equality.EXACT_ORDERED));
        assertType("c", new ColumnType(Kind.FIXED_TEXT, 3, -1, Equality.EXACT_ORDERED));
        assertType("posix", new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT_ORDERED));
        assertType("german", new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT));
        assertType("fold", new ColumnType(Kind.TEXT, -1, -1, Equality.UNKNOWN));
    }

    @Test
    void aDatabaseWhoseCollationIsNoByteOrderTellsNoOrder() {
        assertThat(PostgresTypes.equality('c', "en_US.UTF-8", true, "UTF8")).isEqualTo(Equality.EXACT);
        assertThat(PostgresTypes.equality('c', "C.UTF-8", true, "UTF8")).isEqualTo(Equality.EXACT);
        assertThat(PostgresTypes.equality('c', "C", true, "EUC_JP")).isEqualTo(Equality.EXACT);
        assertThat(PostgresTypes.equality('c', "C", true, "UTF8")).isEqualTo(Equality.EXACT_ORDERED);
        assertThat(PostgresTypes.equality('i', "und", false, "UTF8")).isEqualTo(Equality.UNKNOWN);
        assertThat(PostgresTypes.equality('i', null, true, "UTF8")).isEqualTo(Equality.EXACT);
    }

    @Test
    void aDomainIsOfItsBaseType() {
        assertType("e", new ColumnType(Kind.TEXT, 80, -1, Equality.EXACT_ORDERED));
        assertType("a", new ColumnType(Kind.TEXT, 80, -1, Equality.EXACT_ORDERED));
        assertThat(column("types", "e").hasDefault()).isFalse();
        assertThat(column("types", "a").hasDefault()).isTrue();
    }

    @Test
    void typesWithoutACanonicalFormAreUnknown() {
        for (String name : List.of("j", "arr", "m", "ttz", "iv", "mn")) {
            assertType(name, ColumnType.UNKNOWN);
        }
    }

    @Test
    void nullsDefaultsAndComputedColumnsAreTold() {
        assertThat(column("types", "i4").nullable()).isFalse();
        assertThat(column("types", "i8").nullable()).isTrue();
        assertThat(column("unproven", "a").nullable()).isTrue();
        assertThat(column("unproven", "b").nullable()).isFalse();
        Table customer = table("shop", "customer");
        assertThat(customer.columns())
                .filteredOn(Column::hasDefault)
                .extracting(Column::name)
                .containsExactly("id", "name", "upper_name", "virtual_name");
        assertThat(customer.columns())
                .filteredOn(Column::computed)
                .extracting(Column::name)
                .containsExactly("upper_name", "virtual_name");
    }

    @Test
    void droppedColumnsAreNoColumns() {
        assertThat(table("public", "gone").columns()).extracting(Column::name).containsExactly("a", "c");
    }

    @Test
    void keysAndForeignKeysNamePartitions() {
        assertThat(table("shop", "customer").primaryKey()).containsExactly("id");
        assertThat(table("shop", "customer").partitionColumns()).containsExactly("id", "code");
        assertThat(table("shop", "item").primaryKey()).containsExactly("line", "customer_id");
        assertThat(table("shop", "item").partitionColumns())
                .containsExactlyInAnyOrder("line", "customer_id", "other_id");
    }

    @Test
    void foreignKeysTellWhatTheyDo() {
        TableName item = new TableName("shop", "item");
        assertThat(table("shop", "customer").foreignKeys())
                .containsExactly(
                        enforced(item, "customer_id", Action.CASCADE, Action.SET_NULL),
                        enforced(item, "other_id", Action.NONE, Action.NONE));
        assertThat(table("shop", "item").foreignKeys())
                .containsExactly(new Table.Reference(
                        new TableName("shop", "note"),
                        List.of("line", "customer_id"),
                        List.of("line", "customer_id"),
                        Action.SET_NULL,
                        Action.SET_DEFAULT,
                        List.of("line"),
                        true));
    }

    private static Table.Reference enforced(TableName child, String column, Action onDelete, Action onUpdate) {
        return new Table.Reference(child, List.of(column), List.of("id"), onDelete, onUpdate, List.of(column), true);
    }

    @Test
    void aForeignKeyThatNotEveryRowMeetsWheneverAStatementEndsIsNotEnforced() {
        assertThat(table("shop", "referred").foreignKeys())
                .extracting(key -> key.child().name(), Table.Reference::enforced)
                .containsExactlyInAnyOrder(
                        tuple("checked", true),
                        tuple("deferrable", false),
                        tuple("unproven", false),
                        tuple("divided", false),
                        tuple("divided", false),
                        tuple("switched_off", false));
    }

    @Test
    void whatIsNoOrdinaryTableSaysSo() {
        assertThat(table("public", "types").traits()).isEmpty();
        assertThat(table("shop", "customer").traits()).isEmpty();
        assertThat(table("public", "v").traits()).containsExactly(Trait.VIEW);
        assertThat(table("public", "mv").traits()).containsExactly(Trait.MATERIALIZED_VIEW);
        assertThat(table("public", "part").traits()).isEmpty();
        for (String name : List.of("parent", "child")) {
            assertThat(table("public", name).traits()).as(name).containsExactly(Trait.INHERITANCE);
        }
        assertThat(table("public", "triggered").traits()).containsExactly(Trait.TRIGGERS);
        assertThat(table("public", "ruled").traits()).containsExactlyInAnyOrder(Trait.TRIGGERS, Trait.RULES);
        assertThat(table("public", "altered").traits())
                .containsExactlyInAnyOrder(Trait.TRIGGERS, Trait.ALTERING_TRIGGERS);
        assertThat(table("public", "silenced").traits()).isEmpty();
        assertThat(table("public", "secure").traits()).containsExactly(Trait.ROW_SECURITY);
        assertThat(table("pg_catalog", "pg_class").traits()).contains(Trait.SYSTEM);
        assertThat(table("staleless", "staleless_state").traits()).contains(Trait.SYSTEM);
        assertThat(table("shop", "customer_id_seq").traits()).contains(Trait.OTHER);
    }

    @Test
    void aPartitionIsItsTableUnderAnotherName() {
        assertThat(table("public", "part1").name()).isEqualTo(new TableName("public", "part"));
        assertThat(table("public", "part1").traits()).containsExactly(Trait.PARTITION);
        assertThat(catalog.tables())
                .filteredOn(table -> table.name().name().startsWith("part"))
                .hasSize(1);
    }

    @Test
    void relativesByInheritanceKnowEachOther() {
        assertThat(table("public", "parent").overlaps()).containsExactly(new TableName("public", "child"));
        assertThat(table("public", "child").overlaps()).containsExactly(new TableName("public", "parent"));
    }

    @Test
    void definitionsOfViewsAreQualified() {
        assertThat(table("public", "v").definition()).contains("public.types");
        assertThat(table("public", "mv").definition()).contains("1 AS one");
    }

    @Test
    void theDatabasesOwnTablesAreNotListed() {
        assertThat(catalog.tables())
                .extracting(Table::name)
                .extracting(TableName::schema)
                .containsOnly("public", "shop");
        assertThat(catalog.tables()).noneMatch(table -> table.name().name().endsWith("_seq"));
        assertThat(catalog.tables()).anyMatch(table -> table.name().name().equals("Mixed Case"));
    }

    @Test
    void unqualifiedNamesFollowTheSearchPathWithTheSystemsFirst() throws SQLException {
        assertThat(catalog.resolve(null, "types")).isSameAs(table("public", "types"));
        assertThat(catalog.resolve("shop", "types")).isSameAs(table("shop", "types"));
        assertThat(catalog.resolve(null, "customer")).isNull();
        assertThat(catalog.resolve(null, "pg_class").is(Trait.SYSTEM)).isTrue();
        Catalog shopFirst = CatalogSource.postgres(
                        () -> DriverManager.getConnection(url() + "&currentSchema=shop,public"), "staleless")
                .current();
        assertThat(shopFirst.resolve(null, "types").name()).isEqualTo(new TableName("shop", "types"));
        assertThat(shopFirst.resolve(null, "part").name()).isEqualTo(new TableName("public", "part"));
    }

    @Test
    void anySearchPathIsSeenThroughOneReading() throws SQLException {
        CatalogSource source = CatalogSource.postgres(PostgresCatalogTest::connect, "staleless");
        Catalog shop = source.current(List.of("shop"));
        assertThat(shop.resolve(null, "types").name()).isEqualTo(new TableName("shop", "types"));
        assertThat(shop.resolve(null, "part")).isNull();
        assertThat(shop.resolve(null, "pg_class").is(Trait.SYSTEM)).isTrue();
        assertThat(source.current(List.of("shop"))).isSameAs(shop);
        assertThat(source.current(List.of("public"))).isSameAs(source.current());
        assertThat(shop.version()).isNotEqualTo(source.current().version());
        source.refresh();
        assertThat(source.current(List.of("shop")).version()).isNotEqualTo(shop.version());
    }

    @Test
    void functionsOfUsersAreKnownWhateverTheirSchemaAndCase() {
        assertThat(catalog.isUserFunction("f")).isTrue();
        assertThat(catalog.isUserFunction("MYFUNCTION")).isTrue();
        assertThat(catalog.isUserFunction("lower")).isFalse();
    }

    @Test
    void aTemporaryTableIsSeenWhereItsSessionIsRead() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE types (id int)");
            Catalog seen = new PostgresCatalogReader("staleless").read(connection);
            assertThat(seen.resolve(null, "types").is(Trait.TEMPORARY)).isTrue();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void eachReadingHasAVersionOfItsOwnAndSeesWhatIsThere() throws SQLException {
        CatalogSource source = CatalogSource.postgres(PostgresCatalogTest::connect, "staleless");
        Catalog before = source.current();
        execute(url(), "CREATE TABLE later (id int)");
        assertThat(source.current()).isSameAs(before);
        Catalog after = source.refresh();
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(after.resolve(null, "later")).isNotNull();
        assertThat(source.current()).isSameAs(after);
        execute(url(), "DROP TABLE later");
    }

    @Test
    void aCatalogThatCannotBeReadKnowsNothingUntilItCan() throws SQLException {
        AtomicBoolean broken = new AtomicBoolean();
        AtomicLong clock = new AtomicLong();
        CatalogSource source = new LatestCatalog(
                new PostgresCatalogReader("staleless"),
                () -> {
                    if (broken.get()) {
                        throw new SQLException("planned", "08001");
                    }
                    return connect();
                },
                clock::get);
        broken.set(true);
        assertThat(source.refresh().resolve(null, "types")).isNull();
        broken.set(false);
        assertThat(source.current().resolve(null, "types")).isNull();
        assertThat(source.current().isUserFunction("lower")).isTrue();
        clock.addAndGet(5_000_000_000L);
        assertThat(source.current().resolve(null, "types")).isNotNull();
    }

    @Test
    void hundredsOfTablesAreReadInAFractionOfASecond() throws SQLException {
        StringBuilder ddl = new StringBuilder("CREATE SCHEMA many;");
        for (int i = 0; i < 300; i++) {
            ddl.append("CREATE TABLE many.t")
                    .append(i)
                    .append(" (id bigint PRIMARY KEY, a text, b text, c numeric(10,2), parent bigint")
                    .append(i == 0 ? "" : " REFERENCES many.t0")
                    .append(", d timestamp, e int, f uuid, g varchar(20));");
        }
        execute(url(), ddl.toString());
        CatalogSource source = CatalogSource.postgres(PostgresCatalogTest::connect, "staleless");
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            source.refresh();
            best = Math.min(best, System.nanoTime() - start);
        }
        execute(url(), "DROP SCHEMA many CASCADE");
        assertThat(best).isLessThan(500_000_000L);
    }
}
