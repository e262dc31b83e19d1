package dev.staleless.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {

    private static final int BOTH = Logic.TRUE | Logic.FALSE;

    private static int like(String value, String pattern, int escape, boolean ignoreCase) {
        return Objects.requireNonNull(LikePattern.of(pattern, escape, ignoreCase))
                .truths(value);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "abc|abc|true",
                "abc|ab|false",
                "abc|a%|true",
                "abc|%c|true",
                "abc|%b%|true",
                "abc|%|true",
                "''|%|true",
                "''|_|false",
                "''|''|true",
                "abc|___|true",
                "abc|__|false",
                "abc|a_c|true",
                "abc|_%_|true",
                "a|_%_|false",
                "aab|a%ab|true",
                "ab|ab%ab|false",
                "abab|ab%ab|true",
                "aXbXc|a%X%c|true",
                "a%b|a\\%b|true",
                "axb|a\\%b|false",
                "a_b|a\\_b|true",
                "a\\b|a\\\\b|true",
                "mississippi|m%iss%ip%i|true",
                "mississippi|m%iss%ss%ss%i|false",
                "ABC|abc|false"
            },
            delimiter = '|')
    void matchesAsSqlDoes(String value, String pattern, boolean matches) {
        assertThat(like(value, pattern, '\\', false)).isEqualTo(matches ? Logic.TRUE : Logic.FALSE);
    }

    @Test
    void theEscapeCharacterIsTheStatements() {
        assertThat(like("a%", "a!%", '!', false)).isEqualTo(Logic.TRUE);
        assertThat(like("a\\x", "a\\%", -1, false)).isEqualTo(Logic.TRUE);
        assertThat(LikePattern.of("a\\", '\\', false)).isNull();
        assertThat(LikePattern.of("ax", 'x', true)).isNull();
    }

    @Test
    void ignoringCaseIsSureWhereEveryLocaleAgrees() {
        assertThat(like("ABC", "a%", '\\', true)).isEqualTo(Logic.TRUE);
        assertThat(like("ЖУК", "%ук", '\\', true)).isEqualTo(BOTH); // the C locale knows ASCII letters only
        assertThat(like("жук", "%ук", '\\', true)).isEqualTo(Logic.TRUE);
        assertThat(like("TITLE", "%title", '\\', true)).isEqualTo(BOTH); // dotless in Turkish
        assertThat(like("TITLE", "x%", '\\', true)).isEqualTo(Logic.FALSE);
        assertThat(like("STRASSE", "straße", '\\', true)).isEqualTo(BOTH);
    }

    @Test
    void aSurrogatePairMayBeOneCharacterOrTwo() {
        assertThat(like("\uD83D\uDE00", "_", '\\', false)).isEqualTo(BOTH);
        assertThat(like("\uD83D\uDE00", "%", '\\', false)).isEqualTo(Logic.TRUE);
    }

    @Test
    void aLongPatternTakesNoLongerThanTheProductOfTheLengths() {
        String value = "a".repeat(5_000);
        String pattern = "%a".repeat(500) + "%b";
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(like(value, pattern, '\\', false)).isEqualTo(Logic.FALSE));
    }
}
