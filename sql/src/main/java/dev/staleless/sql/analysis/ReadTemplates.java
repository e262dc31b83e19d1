package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.Filters;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.Referrals;
import dev.staleless.core.query.TableUse;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the template of a query out of what its analysis found. */
final class ReadTemplates {

    private ReadTemplates() {}

    /**
     * The template.
     *
     * @param block the scope of the query's only block; null if it has several
     * @param text in which the tokens stand
     */
    static QueryTemplate of(
            Query query,
            QueryAnalysis analysis,
            Identifiers identifiers,
            @Nullable Scope block,
            SqlDialect dialect,
            int parameters,
            List<Token> tokens,
            String text) {
        ResultShape shape = new ResultShape(query, block, analysis);
        ResultView view = ResultView.of(query, block, analysis, dialect);
        Contributions contributions = view == null ? null : new Contributions(view, analysis);
        Map<Integer, Referrals> referrals = ReferredRows.in(analysis);
        List<TableUse> uses = new ArrayList<>();
        List<@Nullable Contribution> found = new ArrayList<>();
        for (TableOccurrence occurrence : analysis.occurrences()) {
            ColumnSet read = columnsRead(occurrence, analysis, identifiers);
            Contribution contribution = contributions == null ? null : contributions.of(occurrence);
            found.add(contribution);
            ColumnSet membership = view == null || contribution == null ? read : view.membership(occurrence, read);
            uses.add(use(
                    occurrence,
                    read,
                    membership,
                    contribution,
                    referrals.getOrDefault(occurrence.index, Referrals.NONE),
                    Filtering.of(occurrence, query, analysis, read, view != null && occurrence.block == view.scope())));
        }
        return new QueryTemplate(
                shape.operation(uses),
                uses,
                parameters,
                analysis.expressions().clocks().parameters(),
                view == null ? null : view.form(),
                Revalidations.of(query, view, analysis, found, tokens, text, dialect));
    }

    /**
     * A system column that the query may read. Such a result is not cached: these columns change with what changes no row too, a
     * lock or a rewritten table, and with an UPDATE that stores what was there, of which no event tells; {@code tableoid} tells the
     * partition, which columns decide that are not named.
     */
    static @Nullable String systemColumn(QueryAnalysis analysis, Identifiers identifiers) {
        for (TableOccurrence occurrence : analysis.occurrences()) {
            for (String system : SystemColumns.NAMES) {
                TableOccurrence.ReadNames view = occurrence.names;
                boolean read = view == null
                        ? identifiers.mayName(system, occurrence.alias, analysis.aliases())
                        : view.identifiers().mayName(system, occurrence.alias, view.aliases());
                if (read) {
                    return system;
                }
            }
        }
        return null;
    }

    private static TableUse use(
            TableOccurrence occurrence,
            ColumnSet read,
            ColumnSet membership,
            @Nullable Contribution contribution,
            Referrals referrals,
            @Nullable Filters filters) {
        return new TableUse(
                occurrence.index,
                occurrence.alias,
                occurrence.table.name(),
                read,
                membership,
                occurrence.condition(),
                occurrence.pins,
                contribution,
                referrals,
                filters);
    }

    private static ColumnSet columnsRead(TableOccurrence occurrence, QueryAnalysis analysis, Identifiers identifiers) {
        if (occurrence.readsAll) {
            return ColumnSet.ALL;
        }
        TableOccurrence.ReadNames view = occurrence.names;
        return view == null
                ? columnsRead(occurrence, identifiers, analysis.aliases())
                : columnsRead(occurrence, view.identifiers(), view.aliases());
    }

    private static ColumnSet columnsRead(TableOccurrence occurrence, Identifiers identifiers, Set<String> aliases) {
        Set<String> columns = new HashSet<>();
        for (Column column : occurrence.table.columns()) {
            if (identifiers.mayName(column.name(), occurrence.alias, aliases)) {
                columns.add(column.name());
            }
        }
        return ColumnSet.of(columns);
    }
}
