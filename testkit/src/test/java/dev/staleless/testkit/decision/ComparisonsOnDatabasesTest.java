package dev.staleless.testkit.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.testkit.decision.Dialect.ColumnCase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Writes values to columns of every type and compares them with values of every type, on real databases: whatever the
 * database answers, the decision must have thought possible.
 */
class ComparisonsOnDatabasesTest {

    private static final int ROWS = 60;
    private static final int COMPARED = 20;

    /** One comparison: as SQL with {@code %s} for the compared value, and as the decision knows it. */
    private record Form(String sql, @Nullable Operator operator, BiFunction<Operand, Operand, Condition> model) {
        Form(String sql, BiFunction<Operand, Operand, Condition> model) {
            this(sql, null, model);
        }
    }

    private static final List<Form> ORDINARY = new ArrayList<>();
    private static final List<Form> TEXTUAL = List.of(
            new Form("v LIKE %s", (v, c) -> new Condition.Like(v, c, null, false)),
            new Form("v ILIKE %s", (v, c) -> new Condition.Like(v, c, null, true)),
            new Form("v LIKE %s ESCAPE '!'", (v, c) -> new Condition.Like(v, c, new Operand.Literal("!", true), false)),
            new Form("v LIKE %s ESCAPE ''", (v, c) -> new Condition.Like(v, c, new Operand.Literal("", true), false)),
            new Form("lower(v) = lower(%s)", (v, c) -> equal(new Operand.Lower(v), new Operand.Lower(c))),
            new Form("upper(v) = upper(%s)", (v, c) -> equal(new Operand.Upper(v), new Operand.Upper(c))),
            new Form("lower(v) = %s", (v, c) -> equal(new Operand.Lower(v), c)),
            new Form("upper(v) = %s", (v, c) -> equal(new Operand.Upper(v), c)),
            new Form("lower(v) LIKE %s", (v, c) -> new Condition.Like(new Operand.Lower(v), c, null, false)),
            new Form(
                    "upper(v) LIKE upper(%s)",
                    (v, c) -> new Condition.Like(new Operand.Upper(v), new Operand.Upper(c), null, false)));

    static {
        for (Operator operator : Operator.values()) {
            ORDINARY.add(new Form(
                    "v " + operator.sql() + " %s", operator, (v, c) -> new Condition.Comparison(operator, v, c)));
        }
        ORDINARY.add(new Form("v IS DISTINCT FROM %s", Condition.IsDistinct::new));
        ORDINARY.add(new Form("v IN (%s)", (v, c) -> new Condition.In(v, List.of(c))));
    }

    private final long seed = Seeds.seed();

    private static Condition equal(Operand left, Operand right) {
        return new Condition.Comparison(Operator.EQUAL, left, right);
    }

    @TestFactory
    Stream<DynamicTest> whateverTheDatabaseAnswersWasThoughtPossible() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> dialect.columns().stream()
                        .map(column ->
                                DynamicTest.dynamicTest(dialect + " " + column.sql(), () -> check(dialect, column))));
    }

    private void check(Dialect dialect, ColumnCase column) throws SQLException {
        Random random = new Random(seed);
        Oracle oracle = new Oracle();
        String context = dialect + " " + column.sql() + ", -Dtests.seed=" + seed;
        try (Connection connection = dialect.connect("comparisons")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (i int PRIMARY KEY, v " + column.sql() + ")");
            }
            List<AbstractValue> stored = write(connection, dialect, column, random, context);
            for (int i = 0; i < COMPARED; i++) {
                Object value = RandomValues.of(column.type().kind(), random);
                compare(connection, dialect, column, stored, value, ORDINARY, random.nextBoolean(), oracle, context);
                if (isText(column.type())) {
                    String pattern = RandomValues.pattern(random);
                    compare(
                            connection,
                            dialect,
                            column,
                            stored,
                            pattern,
                            TEXTUAL,
                            random.nextBoolean(),
                            oracle,
                            context);
                }
            }
        }
        System.out.printf("%s: %d answers, %.0f %% sharp%n", context, oracle.checks(), 100 * oracle.sharpness());
        assertThat(oracle.checks()).isGreaterThan(100);
        if (column.type().kind() == ColumnType.Kind.INTEGER) {
            assertThat(oracle.sharpness()).as(context).isGreaterThan(0.5);
        }
    }

    private static boolean isText(ColumnType type) {
        return type.kind() == ColumnType.Kind.TEXT || type.kind() == ColumnType.Kind.FIXED_TEXT;
    }

    /** Writes rows, as literals and as parameters, and returns what is known of each of them, by its number. */
    private static List<AbstractValue> write(
            Connection connection, Dialect dialect, ColumnCase column, Random random, String context)
            throws SQLException {
        List<AbstractValue> stored = new ArrayList<>();
        while (stored.size() < ROWS) {
            Object raw = RandomValues.of(column.type().kind(), random);
            int number = stored.size();
            if (insert(connection, dialect, number, raw, random.nextBoolean())) {
                AbstractValue known = Values.store(column.type(), raw);
                checkStored(connection, column.type(), number, known, context + ", written " + raw);
                stored.add(known);
            }
        }
        return stored;
    }

    private static boolean insert(
            Connection connection, Dialect dialect, int number, @Nullable Object raw, boolean bound) {
        String sql = "INSERT INTO t VALUES (" + number + ", " + (bound ? "?" : dialect.literal(raw)) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (bound) {
                bind(statement, 1, raw);
            }
            statement.executeUpdate();
            return true;
        } catch (SQLException refused) {
            return false; // then nothing is stored
        }
    }

    private static void checkStored(
            Connection connection, ColumnType type, int number, AbstractValue known, String context)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM t WHERE i = " + number)) {
            rows.next();
            if (known instanceof AbstractValue.Exact exact) {
                Object read = read(rows, type.kind());
                AbstractValue readBack = read == null ? AbstractValue.NULL : Values.store(type, read);
                // a driver may read single precision through its decimal notation
                if (type.kind() != ColumnType.Kind.FLOAT || readBack instanceof AbstractValue.Exact) {
                    assertThat(readBack).as(context).isEqualTo(exact);
                }
            } else if (known.equals(AbstractValue.NOT_NULL)) {
                assertThat(rows.getString(1)).as(context).isNotNull();
            }
        }
    }

    private static @Nullable Object read(ResultSet rows, ColumnType.Kind kind) throws SQLException {
        rows.getString(1);
        if (rows.wasNull()) {
            return null;
        }
        return switch (kind) {
            case BOOLEAN -> rows.getBoolean(1);
            case INTEGER -> rows.getLong(1);
            case DECIMAL -> rows.getBigDecimal(1);
            case FLOAT -> rows.getDouble(1);
            case TEXT, FIXED_TEXT, FOLDED_TEXT -> rows.getString(1);
            case BYTES -> ByteBuffer.wrap(rows.getBytes(1)).asReadOnlyBuffer();
            case DATE -> rows.getObject(1, java.time.LocalDate.class);
            case TIME -> rows.getObject(1, java.time.LocalTime.class);
            case TIMESTAMP -> rows.getObject(1, java.time.LocalDateTime.class);
            case TIMESTAMP_TZ ->
                rows.getObject(1, java.time.OffsetDateTime.class).toInstant();
            case UUID -> rows.getObject(1, java.util.UUID.class);
            case OTHER -> Parameters.OPAQUE;
        };
    }

    private static void compare(
            Connection connection,
            Dialect dialect,
            ColumnCase column,
            List<AbstractValue> stored,
            @Nullable Object value,
            List<Form> forms,
            boolean bound,
            Oracle oracle,
            String context)
            throws SQLException {
        Operand operand = bound ? new Operand.Parameter(0) : new Operand.Literal(value, value instanceof String);
        Parameters parameters = bound ? Parameters.of(value) : Parameters.NONE;
        Operand left = new Operand.Column(0, "v", column.type());
        for (Form form : forms) {
            String sql = String.format(form.sql(), bound ? "?" : dialect.literal(value));
            Oracle.Question question = oracle.ask(form.model().apply(left, operand), parameters, context + ", " + sql);
            Truth[] answers = ask(connection, "SELECT i, " + sql + " FROM t", bound, value, stored.size());
            for (int i = 0; i < answers.length; i++) {
                question.check(new Image(Map.of("v", stored.get(i))), answers[i]);
                if (answers[i] == Truth.TRUE && form.operator() != null) {
                    // what a true comparison says of its column does not exclude that it is true
                    AbstractValue related =
                            Values.related(column.type(), form.operator().relations(), value);
                    question.check(new Image(Map.of("v", related)), Truth.TRUE);
                }
            }
        }
    }

    private static Truth[] ask(Connection connection, String sql, boolean bound, @Nullable Object value, int rows)
            throws SQLException {
        Truth[] answers = new Truth[rows];
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; bound && i <= statement.getParameterMetaData().getParameterCount(); i++) {
                bind(statement, i, value);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    answers[result.getInt(1)] = Oracle.truth(result, 2);
                }
            }
        } catch (SQLException refused) {
            return new Truth[0]; // an error is no answer
        }
        return answers;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, java.sql.Types.NULL);
        } else if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.limit()];
            buffer.duplicate().get(bytes);
            statement.setBytes(index, bytes);
        } else {
            statement.setObject(index, value);
        }
    }
}
