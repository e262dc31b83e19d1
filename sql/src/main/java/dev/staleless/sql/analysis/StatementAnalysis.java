package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.Analysis.Cause;
import dev.staleless.sql.Analysis.Command;
import dev.staleless.sql.NormalizedSql;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.LexedText;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.parse.SqlParser;
import dev.staleless.sql.parse.SqlParser.Parsed;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Analyses a whole text: one statement, or several with semicolons between. */
public final class StatementAnalysis {

    private final NormalizedSql sql;
    private final Catalog catalog;
    private final SqlDialect dialect;
    private final String text;
    private final int parameters;

    private StatementAnalysis(NormalizedSql sql, Catalog catalog, SqlDialect dialect, LexedText lexed) {
        this.sql = sql;
        this.text = lexed.text();
        this.parameters = lexed.parameters();
        this.catalog = catalog;
        this.dialect = dialect;
    }

    /** What a text is. */
    public static Analysis of(LexedText text, NormalizedSql sql, Catalog catalog, SqlDialect dialect) {
        List<Parsed> statements = SqlParser.parse(text);
        StatementAnalysis analysis = new StatementAnalysis(sql, catalog, dialect, text);
        return switch (statements.size()) {
            case 0 -> new Analysis.Uncached(sql, "empty");
            case 1 -> analysis.one(statements.get(0));
            default -> analysis.several(statements);
        };
    }

    private Analysis several(List<Parsed> statements) {
        List<Effect> effects = new ArrayList<>();
        for (Parsed statement : statements) {
            Analysis one = one(statement);
            if (one instanceof Analysis.Write write && write.changes() instanceof ChangeTemplates templates) {
                effects.addAll(templates.effects());
            } else if (one instanceof Analysis.Everything || one instanceof Analysis.Control) {
                return everything(Cause.UNKNOWN, "several statements, one of which is more than a query or a change");
            }
        }
        return effects.isEmpty()
                ? new Analysis.Uncached(sql, "several statements")
                : new Analysis.Write(sql, new ChangeTemplates(effects, parameters, null));
    }

    private Analysis one(Parsed parsed) {
        Statement statement = parsed.statement();
        if (statement instanceof Query query) {
            return query(query, parsed.tokens());
        }
        if (statement instanceof Statement.Dml change) {
            return change(change, parsed.tokens());
        }
        return other((Statement.Other) statement, parsed);
    }

    // ---- queries and changes

    private Analysis query(Query query, List<Token> tokens) {
        Findings findings = new Findings();
        QueryAnalysis queries = new QueryAnalysis(catalog, dialect, findings);
        if (dialect == SqlDialect.MARIADB) {
            queries.named(NamedColumns.of(tokens));
        }
        Scope block = queries.query(query, null, CteScope.NONE);
        if (findings.isDefinition()) {
            return everything(Cause.DDL, "SELECT INTO");
        }
        if (!queries.changes().isEmpty()) {
            ChangeAnalysis changes = new ChangeAnalysis(catalog, dialect, findings);
            changes.nested(queries);
            return written(changes, findings, null);
        }
        if (findings.sideEffects() != null) {
            return everything(Cause.SIDE_EFFECTS, findings.sideEffects());
        }
        if (findings.changesSettings()) {
            return new Analysis.Control(sql, Command.SET);
        }
        if (findings.uncacheable() != null) {
            return new Analysis.Uncached(sql, findings.uncacheable(), LockingReads.find(query, catalog, dialect));
        }
        if (dialect == SqlDialect.H2 && findings.mayLeaveRows()) {
            // executed again, a statement goes on where it was left, with rows as they were then (decision 8)
            return new Analysis.Uncached(sql, "H2 may answer IN with a LIMIT, or in a sub-query, by older rows");
        }
        String clock = dialect == SqlDialect.H2 ? TimesOfDay.find(query, queries.occurrences()) : null;
        if (clock != null) {
            return new Analysis.Uncached(sql, clock);
        }
        if (queries.occurrences().isEmpty()) {
            return new Analysis.Uncached(sql, "reads no table");
        }
        Identifiers identifiers = new Identifiers(tokens);
        String system = dialect != SqlDialect.POSTGRESQL ? null : ReadTemplates.systemColumn(queries, identifiers);
        if (system != null) {
            return new Analysis.Uncached(sql, "reads the system column " + system);
        }
        return new Analysis.Read(
                sql,
                ReadTemplates.of(query, queries, identifiers, block, dialect, parameters, tokens, text),
                dialect == SqlDialect.MARIADB && findings.mayBeSemiJoin());
    }

    private Analysis change(Statement.Dml change, List<Token> tokens) {
        Findings findings = new Findings();
        ChangeAnalysis changes = new ChangeAnalysis(catalog, dialect, findings);
        changes.change(change, CteScope.NONE);
        return written(changes, findings, changes.single(change, tokens, text, dialect));
    }

    private Analysis written(ChangeAnalysis changes, Findings findings, @Nullable SingleChange single) {
        if (findings.sideEffects() != null) {
            return everything(Cause.SIDE_EFFECTS, findings.sideEffects());
        }
        if (findings.changesSettings()) {
            return everything(Cause.UNKNOWN, "changes rows and settings at once");
        }
        return new Analysis.Write(sql, new ChangeTemplates(changes.effects(), parameters, single));
    }

    private Analysis everything(Cause cause, String reason) {
        return new Analysis.Everything(sql, cause, reason);
    }

    // ---- the rest

    private Analysis other(Statement.Other other, Parsed parsed) {
        return switch (other.kind()) {
            case BEGIN -> new Analysis.Control(sql, Command.BEGIN);
            case COMMIT -> new Analysis.Control(sql, Command.COMMIT);
            case ROLLBACK -> new Analysis.Control(sql, Command.ROLLBACK);
            case SAVEPOINT -> new Analysis.Control(sql, Command.SAVEPOINT);
            case RELEASE_SAVEPOINT -> new Analysis.Control(sql, Command.RELEASE_SAVEPOINT);
            case ROLLBACK_TO_SAVEPOINT -> new Analysis.Control(sql, Command.ROLLBACK_TO_SAVEPOINT);
            case SET -> new Analysis.Control(sql, Command.SET);
            case TWO_PHASE -> everything(Cause.TWO_PHASE, "two-phase commit");
            case SHOW -> new Analysis.Uncached(sql, "SHOW");
            case EXPLAIN -> new Analysis.Uncached(sql, "EXPLAIN");
            case LOCK -> new Analysis.Uncached(sql, "LOCK");
            case MAINTENANCE -> new Analysis.Uncached(sql, "maintenance");
            case NOTIFY -> new Analysis.Uncached(sql, "LISTEN, NOTIFY");
            case CALL, DO, PREPARED -> everything(Cause.PROCEDURE, first(parsed) + " runs code in the database");
            case COPY -> copied(parsed);
            case CURSOR -> everything(Cause.UNKNOWN, first(parsed) + " is not understood");
            case DDL -> definition(parsed);
            case UNKNOWN -> unknown(parsed);
        };
    }

    private Analysis definition(Parsed parsed) {
        Table refreshed = Views.refreshed(parsed.tokens(), catalog);
        if (dialect != SqlDialect.POSTGRESQL || refreshed == null || !Views.isReadOnly(refreshed, catalog, dialect)) {
            return everything(Cause.DDL, first(parsed));
        }
        EventTemplate filled = new EventTemplate.Fixed(ChangeEvent.any(refreshed.name()));
        return new Analysis.Write(sql, new ChangeTemplates(List.of(new Effect(filled, Spread.NONE)), parameters, null));
    }

    private Analysis copied(Parsed parsed) {
        Copied copied = dialect == SqlDialect.POSTGRESQL ? Copied.of(parsed.tokens(), catalog) : null;
        if (copied == null) {
            return everything(Cause.UNKNOWN, first(parsed) + " is not understood");
        } else if (!copied.into()) {
            return new Analysis.Uncached(sql, "COPY TO");
        }
        Findings findings = new Findings();
        ChangeAnalysis changes = new ChangeAnalysis(catalog, dialect, findings);
        changes.copied(copied.table());
        return written(changes, findings, null);
    }

    private Analysis unknown(Parsed parsed) {
        String problem = parsed.problem().isEmpty() ? "not understood" : parsed.problem();
        return ReadOnlyTokens.test(parsed.tokens(), catalog)
                ? new Analysis.Uncached(sql, problem)
                : everything(Cause.UNKNOWN, problem);
    }

    private static String first(Parsed parsed) {
        Token token = parsed.tokens().get(0);
        return token.kind() == TokenKind.WORD ? token.word().toUpperCase(Locale.ROOT) : token.value();
    }
}
