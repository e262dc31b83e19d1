package dev.staleless.core.decision;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.decision.OperandBinder.Term;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prepares conditions that match a text with a pattern: LIKE, SIMILAR TO and regular expressions. */
final class Patterns {

    private static final int NO_ESCAPE = -1;

    /** With these a pattern of SIMILAR TO is more than one of LIKE; the backslash escapes, what is not sure. */
    private static final String SIMILAR_OPERATORS = "|*+?{}()[]\\\"";

    private final OperandBinder operands;

    Patterns(OperandBinder operands) {
        this.operands = operands;
    }

    BoundCondition bind(Condition condition) {
        if (condition instanceof Condition.Like like) {
            return like(like);
        } else if (condition instanceof Condition.Similar similar) {
            return bound(similar.operand(), similar.pattern(), Patterns::similar, null);
        } else if (condition instanceof Condition.Matches matches) {
            return bound(
                    matches.operand(),
                    matches.pattern(),
                    text -> BoundCondition.Pattern.of(RegularExpression.of(text, matches.ignoreCase())),
                    null);
        }
        throw new IllegalArgumentException(
                "Condition of an unknown class: " + condition.getClass().getName());
    }

    private BoundCondition like(Condition.Like like) {
        Operand written = like.escape();
        Object escape = written == null ? "\\" : constant(operands.bind(written));
        if (!(escape instanceof String e) || e.length() > 1 || (e.length() == 1 && isSpecial(e.charAt(0)))) {
            return bound(like.operand(), like.pattern(), text -> null, written);
        }
        int character = e.isEmpty() ? NO_ESCAPE : e.charAt(0);
        return bound(
                like.operand(),
                like.pattern(),
                text -> BoundCondition.Pattern.of(LikePattern.of(text, character, like.ignoreCase())),
                written);
    }

    private static BoundCondition.@Nullable Pattern similar(String text) {
        boolean plain = text.chars().noneMatch(c -> SIMILAR_OPERATORS.indexOf(c) >= 0);
        return plain ? BoundCondition.Pattern.of(LikePattern.of(text, NO_ESCAPE, false)) : null;
    }

    /**
     * The condition.
     *
     * @param prepare makes a pattern of a text; null if it is not sure what it means
     */
    private BoundCondition bound(
            Operand operand,
            Operand pattern,
            Function<String, BoundCondition.@Nullable Pattern> prepare,
            @Nullable Operand escape) {
        Term term = operands.bind(operand);
        Term text = operands.bind(pattern);
        ColumnType type = term.type() == null ? Types.ANY_TEXT : term.type();
        // of CHAR, the spaces at its end count in a pattern
        boolean sure = type.kind() == ColumnType.Kind.TEXT && type.equality() != ColumnType.Equality.UNKNOWN;
        return new BoundCondition.Like(
                type,
                term.nullness(),
                sure ? patterns(text, prepare) : BoundCondition.NO_PATTERNS,
                text.nullness(),
                escape == null
                        ? new BoundOperand.Constant(AbstractValue.NOT_NULL)
                        : operands.bind(escape).nullness());
    }

    /** What the pattern could be: several if it is mapped to lower or upper case. Empty if that is not known. */
    private static BoundCondition.Pattern[] patterns(
            Term text, Function<String, BoundCondition.@Nullable Pattern> prepare) {
        List<BoundCondition.Pattern> patterns = new ArrayList<>();
        for (Object value : texts(text)) {
            BoundCondition.Pattern pattern = value instanceof String string ? prepare.apply(string) : null;
            if (pattern == null) {
                return BoundCondition.NO_PATTERNS;
            }
            patterns.add(pattern);
        }
        return patterns.toArray(BoundCondition.NO_PATTERNS);
    }

    /** The values that a constant text can have. Empty if they are not known. */
    private static List<Object> texts(Term text) {
        if (text.isRaw()) {
            return PossibleValues.each(Types.known(Types.ANY_TEXT, text.constant()));
        }
        ColumnType type = text.type();
        boolean constant = type != null
                && type.kind() == ColumnType.Kind.TEXT
                && text.operand().isConstant();
        return constant ? PossibleValues.each(text.operand().constant()) : List.of();
    }

    private static @Nullable Object constant(Term term) {
        List<Object> texts = texts(term);
        return texts.size() == 1 ? texts.get(0) : Parameters.OPAQUE;
    }

    /** An escape character that is a wildcard itself, or half a character. */
    private static boolean isSpecial(char escape) {
        return escape == '%' || escape == '_' || Character.isSurrogate(escape);
    }
}
