package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Type names. */
final class TypeParser {

    /** Types that are keywords: a string may follow even if they have modifiers or several words. */
    private static final Set<String> KEYWORD_TYPES = Set.of(
            "bigint",
            "bit",
            "boolean",
            "char",
            "character",
            "dec",
            "decimal",
            "float",
            "int",
            "integer",
            "interval",
            "national",
            "nchar",
            "numeric",
            "real",
            "smallint",
            "time",
            "timestamp",
            "varchar");

    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    private final TokenCursor cursor;
    private final NameParser names;

    TypeParser(TokenCursor cursor, NameParser names) {
        this.cursor = cursor;
        this.names = names;
    }

    /** Whether a constant of a keyword type begins here, and not a column of that name. */
    boolean startsConstant() {
        Token token = cursor.peek();
        if (token.kind() != TokenKind.WORD) {
            return false;
        }
        if (token.word().equals("double")) {
            return cursor.isWord(1, "precision");
        }
        if (!KEYWORD_TYPES.contains(token.word())) {
            return false;
        }
        Token next = cursor.peek(1);
        return next.kind() == TokenKind.STRING
                || next.kind() == TokenKind.OPAQUE_STRING
                || next.isSymbol("(")
                || next.isWord("with")
                || next.isWord("without")
                || next.isWord("varying")
                || next.isWord("character")
                || next.isWord("char");
    }

    /** A type as it stands behind {@code ::} or AS. */
    TypeName type() {
        boolean setOf = cursor.accept("setof");
        TypeName simple = simple();
        int dimensions = 0;
        if (cursor.accept("array")) {
            dimensions = 1;
            if (cursor.acceptSymbol("[")) {
                closeBound();
            }
        } else {
            while (cursor.acceptSymbol("[")) {
                dimensions++;
                closeBound();
            }
        }
        return new TypeName(simple.name(), simple.modifiers(), dimensions, setOf);
    }

    private void closeBound() {
        if (cursor.peek().kind() == TokenKind.NUMBER) {
            cursor.next();
        }
        cursor.expectSymbol("]");
    }

    /** A type without array bounds. */
    TypeName simple() {
        Token token = cursor.peek();
        if (token.kind() == TokenKind.WORD) {
            switch (token.word()) {
                case "double" -> {
                    if (cursor.accept("double", "precision")) {
                        return TypeName.of("double precision");
                    }
                }
                case "national", "character", "char", "nchar", "bit", "varchar" -> {
                    return characters();
                }
                case "timestamp", "time" -> {
                    return time();
                }
                case "interval" -> {
                    return interval();
                }
                default -> {}
            }
        }
        return named();
    }

    private TypeName named() {
        Token first = cursor.peek();
        boolean keyword = first.kind() == TokenKind.WORD && KEYWORD_TYPES.contains(first.word());
        boolean name = first.kind() == TokenKind.QUOTED_NAME
                || first.kind() == TokenKind.WORD && (keyword || Keywords.isFunctionName(first.word()));
        if (!name) {
            throw cursor.error("expected a type");
        }
        StringBuilder text = new StringBuilder(NameParser.keyword(cursor.next()).toString());
        while (!keyword && cursor.acceptSymbol(".")) {
            text.append('.').append(names.keyword());
        }
        return new TypeName(text.toString(), modifiers(), 0, false);
    }

    private TypeName characters() {
        StringBuilder name = new StringBuilder(cursor.next().word());
        if (name.toString().equals("national")) {
            name.append(' ').append(cursor.expectOneOf("character", "char"));
        }
        if (cursor.accept("varying")) {
            name.append(" varying");
        }
        return new TypeName(name.toString(), modifiers(), 0, false);
    }

    private TypeName time() {
        String name = cursor.next().word();
        List<String> precision = modifiers();
        if (cursor.accept("with", "time", "zone")) {
            name += " with time zone";
        } else if (cursor.accept("without", "time", "zone")) {
            name += " without time zone";
        }
        return new TypeName(name, precision, 0, false);
    }

    private TypeName interval() {
        cursor.next();
        if (cursor.isSymbol("(")) {
            return new TypeName("interval", modifiers(), 0, false);
        }
        String fields = intervalFields();
        return TypeName.of(fields.isEmpty() ? "interval" : "interval " + fields);
    }

    /** {@code day to second(3)}, or empty. */
    String intervalFields() {
        StringBuilder fields = new StringBuilder();
        if (!isIntervalField()) {
            return "";
        }
        fields.append(cursor.next().word());
        if (cursor.isWord("to") && cursor.peek(1).kind() == TokenKind.WORD) {
            cursor.next();
            if (!isIntervalField()) {
                throw cursor.error("expected a field of an interval");
            }
            fields.append(" to ").append(cursor.next().word());
        }
        if (fields.toString().endsWith("second") && cursor.isSymbol("(")) {
            fields.append('(').append(String.join(", ", modifiers())).append(')');
        }
        return fields.toString();
    }

    private boolean isIntervalField() {
        return cursor.peek().kind() == TokenKind.WORD
                && INTERVAL_FIELDS.contains(cursor.peek().word());
    }

    /** {@code (10, 2)}, or nothing. Only constants and names are understood. */
    private List<String> modifiers() {
        List<String> modifiers = new ArrayList<>();
        if (!cursor.acceptSymbol("(")) {
            return modifiers;
        }
        do {
            String sign = "";
            if (cursor.peek().isOperator("-")) {
                cursor.next();
                sign = "-";
            }
            Token token = cursor.next();
            if (token.kind() != TokenKind.NUMBER && token.kind() != TokenKind.WORD) {
                throw cursor.error("expected a type modifier");
            }
            modifiers.add(sign + (token.kind() == TokenKind.WORD ? token.word() : token.value()));
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
        return modifiers;
    }
}
