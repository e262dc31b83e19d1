package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.OwnRows;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes rows of one table, and none in its WITH.
 *
 * <p>Its row images are not had where that could be noticed: rows that it returns itself are its result; triggers could look at the
 * text of the statement; partitions have rows under several names; a row that policies hide cannot be returned.
 */
final class SingleChange {

    /** What does not keep a returned row from being the changed one as it is stored in the end. */
    private static final Set<Trait> OWN_ROWS = Set.of(Trait.TRIGGERS, Trait.ROW_SECURITY);

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
                && !returnsRows()
                && !isPositioned()
                && effects.stream().noneMatch(effect -> effect.spread().triggered())
                && tokens.stream().noneMatch(token -> token.isSymbol("{"));
        if (!plain || returning != RowImages.Returning.BOTH && needsBoth()) {
            return null;
        }
        if (dialect == SqlDialect.H2) {
            return returning == RowImages.Returning.DELTA ? DeltaTableRows.of(this, effects) : null;
        } else if (dialect != SqlDialect.POSTGRESQL || returning == RowImages.Returning.DELTA) {
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
        return !(statement instanceof Statement.Merge merge)
                ? !returning().isEmpty()
                : !merge.returning().isEmpty();
    }

    private List<Query.Item> returning() {
        if (statement instanceof Statement.Insert insert) {
            return insert.returning();
        } else if (statement instanceof Statement.Update update) {
            return update.returning();
        }
        return statement instanceof Statement.Delete delete ? delete.returning() : List.of();
    }

    // ---- rows that it returns by itself

    /**
     * What is told by rows that it returns by itself. Of tables with children, whose rows have several names, of those with triggers
     * that may store something else, and of MERGE, whose rows may have been anything, nothing is. MariaDB's only generated
     * key is the number that it counted, whatever it is called.
     */
    @Nullable
    OwnRows ownRows(List<String> labels, List<Effect> effects) {
        boolean known = isOf(Statement.Insert.class) || isOf(Statement.Update.class) || isOf(Statement.Delete.class);
        if (!known || !OWN_ROWS.containsAll(table.traits()) || !table.overlaps().isEmpty()) {
            return null;
        }
        List<@Nullable String> columns = new ArrayList<>(labels);
        if (!returning().isEmpty()) {
            columns = new ArrayList<>();
            for (Query.Item item : returning()) {
                addColumns(item.expr(), columns);
            }
        } else if (isJoined()) {
            return null;
        } else if (dialect == SqlDialect.MARIADB) {
            columns = new ArrayList<>();
            columns.add(countedColumn(effects));
        }
        return columns.size() == labels.size() ? new RowsOfItsOwn(table, effects, columns, false) : null;
    }

    /**
     * The column that counts by itself, where a single row gets its number from it, and not one that LAST_INSERT_ID(..) was told to
     * answer; null for none.
     */
    private @Nullable String countedColumn(List<Effect> effects) {
        boolean single = statement instanceof Statement.Insert insert
                && !insert.columns().isEmpty()
                && insert.source() != null
                && insert.source().body() instanceof Query.Values values
                && values.rows().size() == 1;
        boolean told = tokens.stream().anyMatch(token -> token.isWord("last_insert_id"));
        if (!single || told || effects.size() != 1 || !table.traits().isEmpty()) {
            return null;
        }
        List<Column> counted = table.columns().stream()
                .filter(column -> column.type().kind() == ColumnType.Kind.INTEGER
                        && column.type().scale() == ColumnType.FROM_ONE)
                .toList();
        return counted.size() == 1 && !isGiven(counted.get(0)) ? counted.get(0).name() : null;
    }

    private boolean isGiven(Column column) {
        return statement instanceof Statement.Insert insert
                && insert.columns().stream()
                        .anyMatch(target -> target.column().text().equalsIgnoreCase(column.name()));
    }

    private boolean isOf(Class<? extends Statement> kind) {
        return kind.isInstance(statement);
    }

    private boolean isJoined() {
        return statement instanceof Statement.Update update && !update.from().isEmpty()
                || statement instanceof Statement.Delete delete
                        && !delete.using().isEmpty();
    }

    /** The columns that an item returns: their names, null for what is something else. */
    private void addColumns(Expr item, List<@Nullable String> into) {
        if (item instanceof Expr.Star star) {
            // of a join it has more columns, so that their number does not fit
            table.columns().forEach(column -> into.add(isOwn(star.qualifier()) ? column.name() : null));
        } else if (item instanceof Expr.Column column
                && isOwn(column.parts().subList(0, column.parts().size() - 1))) {
            into.add(column.parts().get(column.parts().size() - 1).text());
        } else {
            into.add(null);
        }
    }

    private boolean isOwn(List<Name> qualifier) {
        return qualifier.isEmpty()
                || qualifier.size() == 1 && qualifier.get(0).text().equals(alias());
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

    /** The whole text that it stands in. */
    String text() {
        return text;
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
