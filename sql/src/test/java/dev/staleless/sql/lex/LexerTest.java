package dev.staleless.sql.lex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {

    private static List<String> values(String sql, Dialect dialect) {
        return Lexer.lex(sql, dialect).tokens().stream()
                .filter(token -> token.kind() != TokenKind.END)
                .map(Token::value)
                .toList();
    }

    private static List<String> values(String sql) {
        return values(sql, Dialect.POSTGRESQL);
    }

    private static TokenKind kind(String sql) {
        return Lexer.lex(sql, Dialect.POSTGRESQL).tokens().get(0).kind();
    }

    @Test
    void unquotedNamesAreFoldedAndQuotedOnesAreNot() {
        assertThat(values("Foo \"Foo\" \"a\"\"b\" ÄB _x$1")).containsExactly("foo", "Foo", "a\"b", "Äb", "_x$1");
        assertThat(values("Foo `Foo` `a``b`", Dialect.MARIADB)).containsExactly("foo", "Foo", "a`b");
        assertThat(values("Foo \"Foo\"", Dialect.H2)).containsExactly("FOO", "Foo");
    }

    @Test
    void aStringHoldsItsCharacters() {
        assertThat(values("'a''b' 'a\\' e'a\\'b\\n' $$a'b$$ $x$a$$b$x$"))
                .containsExactly("a'b", "a\\", "a'b\n", "a'b", "a$$b");
        assertThat(values("'a\\'b' \"c\"\"d\"", Dialect.MARIADB)).containsExactly("a'b", "c\"d");
    }

    @Test
    void aStringGoesOnAfterANewLineOnly() {
        assertThat(values("'a'\n  'b' -- c\n 'd'")).containsExactly("abd");
        assertThat(values("'a' 'b'")).containsExactly("a", "b");
        assertThat(values("'a'\n'b'", Dialect.MARIADB)).containsExactly("a", "b");
    }

    @Test
    void aStringWhoseValueTheServerComputesIsOpaque() {
        assertThat(kind("e'\\x41'")).isEqualTo(TokenKind.OPAQUE_STRING);
        assertThat(kind("n'a'")).isEqualTo(TokenKind.OPAQUE_STRING);
        assertThat(kind("U&'a'")).isEqualTo(TokenKind.OPAQUE_STRING);
        assertThat(kind("b'01'")).isEqualTo(TokenKind.BIT_STRING);
    }

    @Test
    void operatorsEndWhereTheDatabaseEndsThem() {
        assertThat(values("a=-1")).containsExactly("a", "=", "-", "1");
        assertThat(values("a@-1")).containsExactly("a", "@-", "1");
        assertThat(values("a<>b!=c")).containsExactly("a", "<>", "b", "<>", "c");
        assertThat(values("a->>'b'#>>c")).containsExactly("a", "->>", "b", "#>>", "c");
        assertThat(values("a*/* c */b")).containsExactly("a", "*", "b");
        assertThat(values("a+--c\nb")).containsExactly("a", "+", "b");
        assertThat(values("a<=>b&&c", Dialect.MARIADB)).containsExactly("a", "<=>", "b", "&&", "c");
        assertThat(values("5--3", Dialect.MARIADB)).containsExactly("5", "-", "-", "3");
    }

    @Test
    void aQuestionMarkIsAParameterAndTwoAreAnOperator() {
        LexedText lexed = Lexer.lex("'%'||?||'%' ??| ? ???", Dialect.POSTGRESQL);
        assertThat(lexed.parameters()).isEqualTo(3);
        assertThat(values(lexed.text())).containsExactly("%", "||", "?", "||", "%", "?|", "?", "?", "?");
        assertThat(Lexer.lex("'?' \"?\" -- ?\n /* ? */ $$?$$ ?", Dialect.POSTGRESQL)
                        .parameters())
                .isEqualTo(1);
    }

    @Test
    void commentsNestWhereTheDatabaseNestsThem() {
        assertThat(values("a /* /* */ */ b")).containsExactly("a", "b");
        assertThat(values("a /* /* */ b", Dialect.MARIADB)).containsExactly("a", "b");
        assertThat(values("a # b\nc", Dialect.MARIADB)).containsExactly("a", "c");
        assertThat(kind("/*+ hint */ a")).isEqualTo(TokenKind.SIGNIFICANT_COMMENT);
        assertThat(kind("/*! code */ a")).isEqualTo(TokenKind.SIGNIFICANT_COMMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a", "\"a", "/* a", "$a$ b", "$1", "1e", "1a", "0x1f", "1_0", "\\", "\"\"", "'\0'", "u&\"a\"", "1..2"
            })
    void whatIsNoSqlIsRefusedWithItsOffset(String sql) {
        assertThatThrownBy(() -> Lexer.lex("  " + sql, Dialect.POSTGRESQL))
                .isInstanceOfSatisfying(
                        SqlSyntaxException.class, e -> assertThat(e.offset()).isBetween(2, 2 + sql.length()));
    }

    @Test
    void aNameThatTheDatabaseWouldCutIsRefused() {
        assertThat(values("x".repeat(63))).hasSize(1);
        assertThatThrownBy(() -> values("x".repeat(64))).isInstanceOf(SqlSyntaxException.class);
        assertThatThrownBy(() -> values("\"" + "ä".repeat(32) + "\"")).isInstanceOf(SqlSyntaxException.class);
    }

    @Test
    void tokensKnowWhereTheyStand() {
        Token token =
                Lexer.lex(" a /* x */ 'b c' ", Dialect.POSTGRESQL).tokens().get(1);
        assertThat(token.start()).isEqualTo(11);
        assertThat(token.end()).isEqualTo(16);
        assertThat(token.gap()).isTrue();
    }
}
