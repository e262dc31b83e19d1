package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes rows of one table, and none in its WITH.
 *
 * <p>Its row images are not had where that could be noticed: rows that it returns itself are its result; triggers could look at the
 * text of the statement; partitions have rows under several names; a row that policies hide cannot be returned.
 */
final class SingleChange {

    private final Statement.Dml statement;
    private final TableRef.Table target;
    private final Table table;
    private final List<Token> tokens;
    private final String text;
    private final SqlDialect dialect;
    private final @Nullable CascadedRows cascaded;
    private final Map<RowImages.Returning, Optional<RowImages>> images = new EnumMap<>(RowImages.Returning.class);

    /**
     * A change.
     *
     * @param text in which the tokens stand
     * @param cascaded what goes with rows that are deleted; null if nothing does, or it is not known
     */
    SingleChange(
            Statement.Dml statement,
            TableRef.Table target,
            Table table,
            List<Token> tokens,
            String text,
            SqlDialect dialect,
            @Nullable CascadedRows cascaded) {
        this.statement = statement;
        this.target = target;
        this.table = table;
        this.tokens = List.copyOf(tokens);
        this.text = text;
        this.dialect = dialect;
        this.cascaded = cascaded;
    }

    Table table() {
        return table;
    }

    synchronized @Nullable RowImages images(RowImages.Returning returning, List<Effect> effects) {
        return images.computeIfAbsent(returning, asked -> Optional.ofNullable(make(asked, effects)))
                .orElse(null);
    }

    private @Nullable RowImages make(RowImages.Returning returning, List<Effect> effects) {
        boolean plain = table.traits().isEmpty()
                && dialect == SqlDialect.POSTGRESQL
                && !returnsRows()
                && !isPositioned()
                && effects.stream().noneMatch(effect -> effect.spread().triggered())
                && tokens.stream().noneMatch(token -> token.isSymbol("{"));
        if (!plain || returning == RowImages.Returning.ONE && needsBoth()) {
            return null;
        }
        return ReturnedRows.of(this, returning, effects, cascaded);
    }

    /** Whether nothing is done but what the statement says, and what foreign keys bring with it. */
    boolean isWithoutTriggers(List<Effect> effects) {
        return table.traits().isEmpty()
                && effects.stream().noneMatch(effect -> effect.spread().triggered());
    }

    private boolean returnsRows() {
        if (statement instanceof Statement.Insert insert) {
            return !insert.returning().isEmpty();
        } else if (statement instanceof Statement.Update update) {
            return !update.returning().isEmpty();
        } else if (statement instanceof Statement.Delete delete) {
            return !delete.returning().isEmpty();
        }
        return !(statement instanceof Statement.Merge merge)
                || !merge.returning().isEmpty();
    }

    private boolean isPositioned() {
        return statement instanceof Statement.Update update && update.where() instanceof Expr.CurrentOf
                || statement instanceof Statement.Delete delete && delete.where() instanceof Expr.CurrentOf;
    }

    /** Whether a row that is returned may have been inserted, updated or deleted. */
    boolean needsBoth() {
        return statement instanceof Statement.Merge
                || statement instanceof Statement.Insert insert
                        && insert.onConflict() != null
                        && !insert.onConflict().assignments().isEmpty();
    }

    /** INSERT, UPDATE, DELETE or MERGE. */
    String command() {
        if (statement instanceof Statement.Insert) {
            return "INSERT";
        } else if (statement instanceof Statement.Update) {
            return "UPDATE";
        }
        return statement instanceof Statement.Delete ? "DELETE" : "MERGE";
    }

    /** What its expressions call the target. */
    String alias() {
        TableRef.Alias alias = target.alias();
        return alias == null
                ? target.name().get(target.name().size() - 1).text()
                : alias.name().text();
    }

    /** The text before the statement: comments, which may be for the database's eyes. */
    String head() {
        return text.substring(0, tokens.get(0).start());
    }

    /** The statement's text, without what stands before and behind it. */
    String body() {
        // the last token is the end
        return text.substring(
                tokens.get(0).start(), tokens.get(tokens.size() - 2).end());
    }
}
