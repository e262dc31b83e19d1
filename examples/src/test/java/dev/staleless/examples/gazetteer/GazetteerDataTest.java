package dev.staleless.examples.gazetteer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GazetteerDataTest {

    private static DataSource database;
    private static Map<String, Long> rows;

    @BeforeAll
    static void load() throws SQLException {
        database = GazetteerDatabase.empty();
        rows = GazetteerData.load(database);
    }

    @Test
    void has_more_than_twenty_thousand_rows_in_at_least_four_tables() {
        assertThat(rows.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(20_000);
        assertThat(rows).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void every_table_has_foreign_keys_to_or_from_another() throws SQLException {
        var related = GazetteerDatabase.column(
                database,
                "SELECT conrelid::regclass FROM pg_constraint WHERE contype = 'f'"
                        + " UNION SELECT confrelid::regclass FROM pg_constraint WHERE contype = 'f'");
        assertThat(related).containsExactlyInAnyOrderElementsOf(rows.keySet());
    }

    @Test
    void counts_returned_are_those_of_the_tables() throws SQLException {
        for (var table : rows.entrySet()) {
            assertThat(GazetteerDatabase.column(database, "SELECT count(*) FROM " + table.getKey()))
                    .as(table.getKey())
                    .containsExactly(table.getValue().toString());
        }
    }

    @Test
    void names_are_written_in_many_scripts() throws SQLException {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        for (String name : GazetteerDatabase.column(database, "SELECT name FROM territory_name")) {
            name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        }
        assertThat(scripts)
                .contains(
                        UnicodeScript.LATIN,
                        UnicodeScript.CYRILLIC,
                        UnicodeScript.GREEK,
                        UnicodeScript.ARABIC,
                        UnicodeScript.HEBREW,
                        UnicodeScript.DEVANAGARI,
                        UnicodeScript.THAI,
                        UnicodeScript.HAN,
                        UnicodeScript.HANGUL,
                        UnicodeScript.KATAKANA)
                .hasSizeGreaterThan(25);
    }

    @Test
    void names_are_in_mixed_case_beyond_ascii_too() throws SQLException {
        var mixed = "SELECT name FROM territory_name WHERE name <> lower(name) AND name <> upper(name)";
        assertThat(GazetteerDatabase.column(database, mixed)).hasSizeGreaterThan(10_000);
        assertThat(GazetteerDatabase.column(database, mixed + " AND name ~ '[А-Я]'"))
                .isNotEmpty();
        assertThat(GazetteerDatabase.column(database, "SELECT name FROM language_name WHERE name = lower(name)"))
                .contains("allemand", "немецкий");
    }

    @Test
    void has_nulls_dates_and_decimals() throws SQLException {
        assertThat(count("territory_currency WHERE valid_to IS NULL")).isGreaterThan(200);
        assertThat(count("territory_currency WHERE valid_from IS NULL")).isPositive();
        assertThat(count("territory WHERE first_day IS NULL")).isPositive();
        assertThat(count("territory_currency WHERE valid_from < DATE '1900-01-01'"))
                .isPositive();
        assertThat(count("territory_currency WHERE valid_to > DATE '2020-01-01'"))
                .isPositive();
        assertThat(count("territory_language WHERE population_percent <> trunc(population_percent)"))
                .isGreaterThan(300);
        assertThat(count("territory WHERE literacy_percent <> trunc(literacy_percent)"))
                .isGreaterThan(50);
    }

    @Test
    void next_numbers_of_the_sequences_are_free() throws SQLException {
        for (String table : new String[] {"territory", "territory_currency", "territory_name", "subdivision"}) {
            assertThat(count("(SELECT nextval('%1$s_id_seq') AS next) n JOIN %1$s ON id >= next".formatted(table)))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void source_and_licence_are_shipped_with_the_figures_as_they_are() throws IOException {
        var source = text("/dataset/SOURCE.md");
        rows.forEach((table, count) -> assertThat(source).contains("| " + table + " | " + count + " |"));
        assertThat(source).contains("Unicode CLDR", "48.2", "Unicode-3.0");
        assertThat(text("/dataset/LICENSE-UNICODE.txt")).contains("UNICODE LICENSE V3");
    }

    @Test
    void loading_twice_is_refused_and_changes_nothing() throws SQLException {
        assertThatThrownBy(() -> GazetteerData.load(database))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("already exists");
        assertThat(count("territory")).isEqualTo(rows.get("territory"));
    }

    private static long count(String from) throws SQLException {
        return Long.parseLong(GazetteerDatabase.column(database, "SELECT count(*) FROM " + from)
                .get(0));
    }

    private static String text(String resource) throws IOException {
        try (InputStream file = Objects.requireNonNull(GazetteerDataTest.class.getResourceAsStream(resource))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
