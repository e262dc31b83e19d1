package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.parse.SqlParser;
import dev.staleless.sql.tree.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A table with a column of each type in PostgreSQL, and what the analysis and the decision make of conditions over it: the truth
 * values that they think possible for a row, beside the one that the database computes.
 */
final class ExpressionTable {

    static final TableName NAME = new TableName("public", "v");

    static final Map<String, ColumnType> COLUMNS = new LinkedHashMap<>();
    private static final Map<String, String> DDL = new LinkedHashMap<>();

    static {
        column("id", "int primary key", new ColumnType(Kind.INTEGER, 10, 0, Equality.EXACT));
        column("i", "int", new ColumnType(Kind.INTEGER, 10, 0, Equality.EXACT));
        column("j", "int", new ColumnType(Kind.INTEGER, 10, 0, Equality.EXACT));
        column("s", "smallint", new ColumnType(Kind.INTEGER, 5, 0, Equality.EXACT));
        column("l", "bigint", new ColumnType(Kind.INTEGER, 19, 0, Equality.EXACT));
        column("n", "numeric(8,2)", new ColumnType(Kind.DECIMAL, 8, 2, Equality.EXACT));
        column("m", "numeric", new ColumnType(Kind.DECIMAL, -1, -1, Equality.EXACT));
        column("t", "text", new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT));
        column("u", "text collate \"C\"", new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT_ORDERED));
        column("w", "varchar(10)", new ColumnType(Kind.TEXT, 10, -1, Equality.EXACT));
        column("c", "char(4)", new ColumnType(Kind.FIXED_TEXT, 4, -1, Equality.EXACT));
        column("b", "boolean", new ColumnType(Kind.BOOLEAN, -1, -1, Equality.EXACT));
        column("d", "date", new ColumnType(Kind.DATE, -1, -1, Equality.EXACT));
        column("e", "date", new ColumnType(Kind.DATE, -1, -1, Equality.EXACT));
        column("ts", "timestamp", new ColumnType(Kind.TIMESTAMP, 6, -1, Equality.EXACT));
        column("g", "uuid", new ColumnType(Kind.UUID, -1, -1, Equality.EXACT));
        column("f", "double precision", new ColumnType(Kind.FLOAT, -1, -1, Equality.EXACT));
        column("q", "text collate nocase", new ColumnType(Kind.TEXT, -1, -1, Equality.UNKNOWN));
        column("js", "jsonb", ColumnType.UNKNOWN);
    }

    private static void column(String name, String ddl, ColumnType type) {
        COLUMNS.put(name, type);
        DDL.put(name, ddl);
    }

    private final Connection connection;
    private final Map<Integer, Map<String, AbstractValue>> rows = new LinkedHashMap<>();

    ExpressionTable(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            List<String> columns = new ArrayList<>();
            DDL.forEach((name, type) -> columns.add(name + " " + type));
            statement.execute("create table v (" + String.join(", ", columns) + ")");
        }
    }

    // ---- rows

    /** Fills the table anew; a value is made of a column's name. */
    void fill(int count, java.util.function.Function<String, @Nullable Object> value) throws SQLException {
        rows.clear();
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from v");
        }
        for (int id = 0; id < count; id++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (String column : COLUMNS.keySet()) {
                row.put(column, column.equals("id") ? Long.valueOf(id) : value.apply(column));
            }
            insert(row);
            Map<String, AbstractValue> known = new HashMap<>();
            row.forEach((column, raw) -> known.put(column, Values.store(COLUMNS.get(column), raw)));
            rows.put(id, known);
        }
    }

    private void insert(Map<String, @Nullable Object> row) throws SQLException {
        List<String> places = new ArrayList<>();
        COLUMNS.keySet().forEach(column -> places.add(column.equals("js") ? "?::jsonb" : "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into v values (" + String.join(", ", places) + ")")) {
            int index = 1;
            for (Object value : row.values()) {
                insert.setObject(index++, value);
            }
            insert.execute();
        }
    }

    // ---- conditions

    /** A condition as the analysis understands it. */
    static Condition condition(String sql) {
        var statement = SqlParser.parse(Lexer.lex("select 1 from v where " + sql, Dialect.POSTGRESQL))
                .get(0)
                .statement();
        if (!(statement instanceof Query query)) {
            throw new IllegalArgumentException("not understood: " + sql);
        }
        List<Column> columns = new ArrayList<>();
        COLUMNS.forEach((name, type) -> columns.add(new Column(name, type, true, false, false)));
        Table table = new Table(NAME, columns, List.of("id"), List.of(), List.of(), Set.of());
        Scope scope = new Scope(null);
        scope.add(new Source.Base(0, "v", table, false));
        return Conditions.of(Objects.requireNonNull(((Query.Select) query.body()).where()), scope);
    }

    /** What a condition can be for an image of a row: asks the decision once for each truth value. */
    static final class Question {
        private final Map<Truth, dev.staleless.core.query.Query> queries = new HashMap<>();

        Question(Condition condition, Parameters parameters) {
            for (Truth truth : Truth.values()) {
                Condition is = new Condition.Is(condition, truth);
                TableUse use = new TableUse(0, "v", NAME, ColumnSet.ALL, ColumnSet.ALL, is, Map.of(), null);
                QueryTemplate template =
                        new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), parameters.size(), Set.of());
                queries.put(truth, new dev.staleless.core.query.Query(template, "", parameters));
            }
        }

        List<Truth> possible(Image image) {
            List<Truth> possible = new ArrayList<>();
            for (Truth truth : Truth.values()) {
                ChangeEvent event = ChangeEvent.insert(NAME, image);
                if (Decision.decide(Objects.requireNonNull(queries.get(truth)), event)
                        .affected()) {
                    possible.add(truth);
                }
            }
            return possible;
        }
    }

    Map<String, AbstractValue> row(int id) {
        return Objects.requireNonNull(rows.get(id));
    }

    /** What the database says of each row; without those for which it fails. */
    Map<Integer, Truth> answers(String sql, List<@Nullable Object> parameters) throws SQLException {
        try {
            return answers(sql, parameters, "");
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith("22")) {
                return Map.of(); // no such operator: never executed
            }
        }
        Map<Integer, Truth> answers = new HashMap<>();
        for (int id : rows.keySet()) {
            try {
                answers.putAll(answers(sql, parameters, " where id = " + id));
            } catch (SQLException e) {
                // a division by zero, an overflow: the row has no truth value
            }
        }
        return answers;
    }

    private Map<Integer, Truth> answers(String sql, List<@Nullable Object> parameters, String where)
            throws SQLException {
        Map<Integer, Truth> answers = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("select id, (" + sql + ") from v" + where)) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    boolean value = result.getBoolean(2);
                    Truth truth = result.wasNull() ? Truth.UNKNOWN : value ? Truth.TRUE : Truth.FALSE;
                    answers.put(result.getInt(1), truth);
                }
            }
        }
        return answers;
    }

    // ---- images that say less

    /** An image that says something true of the row, of each column more or less. */
    Image blurred(int id, SplittableRandom random) {
        Map<String, AbstractValue> image = new HashMap<>();
        row(id).forEach((column, value) -> image.put(column, blurred(COLUMNS.get(column), value, random)));
        return new Image(image);
    }

    private AbstractValue blurred(ColumnType type, AbstractValue value, SplittableRandom random) {
        if (!(value instanceof AbstractValue.Exact exact) || random.nextInt(3) > 0) {
            return value;
        }
        Object one = exact.value();
        if (one == null || random.nextInt(3) == 0) {
            return AbstractValue.UNKNOWN;
        }
        Map<String, AbstractValue> other = row(random.nextInt(rows.size()));
        for (Map.Entry<String, AbstractValue> entry : other.entrySet()) {
            boolean fits = COLUMNS.get(entry.getKey()).equals(type)
                    && entry.getValue() instanceof AbstractValue.Exact second
                    && second.value() != null
                    && !second.value().equals(one);
            if (fits) {
                Object second = ((AbstractValue.Exact) entry.getValue()).value();
                return new AbstractValue.OneOf(Set.of(one, Objects.requireNonNull(second)));
            }
        }
        return AbstractValue.NOT_NULL;
    }
}
