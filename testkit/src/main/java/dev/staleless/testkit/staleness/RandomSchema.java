package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A random schema of related tables, small value domains, so that queries and writes meet often. */
final class RandomSchema {

    /** A column: its name, SQL type, and a generator of its values. */
    record Col(String name, String sqlType, Domain domain) {}

    /** Families of values. */
    enum Domain {
        INTEGER,
        DECIMAL,
        TEXT,
        DATE,
        FLAG,
        TIMESTAMP,
        UUID
    }

    /** A table: {@code id} is its key; {@code refs} are columns that refer to other tables. */
    record Tab(String name, Product product, List<Ref> refs, List<Col> cols) {
        Col any(Random random) {
            return cols.get(random.nextInt(cols.size()));
        }

        /**
         * A column whose equal values are the same: of 2.5 and 2.50 the database may show any where it makes one row of several,
         * and which one it shows changes with the order in which it finds them. Column {@code a} is one.
         */
        Col anyPlain(Random random) {
            List<Col> plain = cols.stream()
                    .filter(col -> !product.unplain.contains(col.sqlType()))
                    .toList();
            return plain.get(random.nextInt(plain.size()));
        }

        boolean isPlain(String column) {
            return cols.stream().noneMatch(col -> col.name().equals(column) && product.unplain.contains(col.sqlType()));
        }
    }

    /** A reference to another table. */
    record Ref(String column, String table, String rules) {}

    private static final String[] WORDS = {
        "alpha",
        "Alpha",
        "ALPHA",
        "beta",
        "Beta gamma",
        "gamma",
        "delta_x",
        "100%",
        "",
        " ",
        "Ωmega",
        "ωmega",
        "straße",
        "日本",
        "a'b",
        "back\\slash",
        "alphabet",
        "tab\tbed"
    };

    final List<Tab> tables;
    final Product product;
    private final String prefix;

    RandomSchema(Random random, int count, String prefix, Product product) {
        this.product = product;
        this.prefix = prefix;
        List<Tab> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(table(random, i, made));
        }
        tables = List.copyOf(made);
    }

    private Tab table(Random random, int index, List<Tab> before) {
        List<Ref> refs = new ArrayList<>();
        for (Tab other : before) {
            if (random.nextInt(3) > 0) {
                String action = new String[] {"NO ACTION", "CASCADE", "SET NULL"}[random.nextInt(3)];
                refs.add(new Ref("r_" + other.name(), other.name(), "ON DELETE " + action + onUpdate(random)));
            }
        }
        List<Col> cols = new ArrayList<>();
        cols.add(new Col("a", "integer", Domain.INTEGER));
        cols.add(new Col("s", text(random), Domain.TEXT));
        if (product == Product.MARIADB) {
            cols.add(random.nextBoolean() ? MariaDbWrites.UNIQUE_NUMBER : MariaDbWrites.UNIQUE_TEXT);
        }
        Domain[] domains = Domain.values();
        int more = 2 + random.nextInt(4);
        for (int i = 0; i < more; i++) {
            Domain domain = domains[random.nextInt(domains.length)];
            cols.add(new Col("c" + i, sqlType(random, domain), domain));
        }
        return new Tab(prefix + index, product, refs, cols);
    }

    private String text(Random random) {
        if (product == Product.MARIADB) {
            return sqlType(random, Domain.TEXT);
        }
        return random.nextBoolean() ? product.types(Domain.TEXT)[0] : "varchar(40)";
    }

    /** Keys are only changed on MariaDB. */
    private String onUpdate(Random random) {
        return product == Product.MARIADB
                ? " ON UPDATE " + new String[] {"NO ACTION", "CASCADE", "SET NULL"}[random.nextInt(3)]
                : "";
    }

    private String sqlType(Random random, Domain domain) {
        String[] types = product.types(domain);
        return types[random.nextInt(types.length)];
    }

    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Tab tab : tables) {
                StringBuilder ddl = new StringBuilder("CREATE TABLE " + tab.name() + " (id bigint PRIMARY KEY"
                        + (product == Product.MARIADB ? " AUTO_INCREMENT" : ""));
                for (Ref ref : tab.refs()) {
                    ddl.append(", ")
                            .append(ref.column())
                            .append(" bigint REFERENCES ")
                            .append(ref.table());
                    ddl.append(" (id) ").append(ref.rules());
                }
                for (Col col : tab.cols()) {
                    ddl.append(", ").append(col.name()).append(' ').append(col.sqlType());
                }
                statement.execute(ddl.append(')').toString());
            }
        }
    }

    void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int i = tables.size() - 1; i >= 0; i--) {
                statement.execute("DROP TABLE IF EXISTS " + tables.get(i).name() + " CASCADE");
            }
        }
    }

    void fill(Connection connection, Random random, int rows) throws SQLException {
        for (Tab tab : tables) {
            try (PreparedStatement insert = connection.prepareStatement(fillSql(tab))) {
                for (int id = 1; id <= rows; id++) {
                    bind(insert, insertValues(tab, id, random, rows));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    /** Not every type of MariaDB's has room for every value. */
    private String fillSql(Tab tab) {
        String sql = insertSql(tab);
        return product == Product.MARIADB ? sql.replace("INSERT INTO", "INSERT IGNORE INTO") : sql;
    }

    static String insertSql(Tab tab) {
        StringBuilder sql = new StringBuilder("INSERT INTO " + tab.name() + " (id");
        StringBuilder marks = new StringBuilder("?");
        for (Ref ref : tab.refs()) {
            sql.append(", ").append(ref.column());
            marks.append(", ?");
        }
        for (Col col : tab.cols()) {
            sql.append(", ").append(col.name());
            marks.append(", ?");
        }
        return sql.append(") VALUES (").append(marks).append(')').toString();
    }

    static List<@Nullable Object> insertValues(Tab tab, long id, Random random, int rows) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(id);
        for (int i = 0; i < tab.refs().size(); i++) {
            values.add(random.nextInt(5) == 0 ? null : (Long) (1L + random.nextInt(rows)));
        }
        for (Col col : tab.cols()) {
            values.add(value(col, random));
        }
        return values;
    }

    static void bind(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    /** A random value of the column's domain, NULL now and then. */
    static @Nullable Object value(Col col, Random random) {
        return random.nextInt(8) == 0 ? null : notNull(col, random);
    }

    static Object notNull(Col col, Random random) {
        if (MariaDbWrites.isUnique(col)) {
            return MariaDbWrites.uniqueValue(col, random);
        }
        return switch (col.domain()) {
            case INTEGER -> random.nextInt(8);
            case DECIMAL -> new java.math.BigDecimal(decimal(random));
            case TEXT -> text(col, random);
            case DATE -> java.time.LocalDate.of(2024, 1, 28).plusDays(random.nextInt(6));
            case FLAG -> random.nextBoolean();
            case TIMESTAMP -> java.time.LocalDateTime.of(2024, 5, 1, 12, 0).plusNanos(random.nextInt(6) * 500_000_000L);
            case UUID -> new java.util.UUID(7, random.nextInt(6));
        };
    }

    private static String text(Col col, Random random) {
        String word = WORDS[random.nextInt(WORDS.length)];
        return col.sqlType().startsWith("char(") && word.length() > 8 ? word.substring(0, 8) : word;
    }

    private static String decimal(Random random) {
        return new String[] {"0", "1", "1.0", "1.005", "2.50", "2.5", "-3.25", "10"}[random.nextInt(8)];
    }
}
