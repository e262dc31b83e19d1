package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.parse.SqlParser;
import dev.staleless.sql.parse.SqlParser.Parsed;
import dev.staleless.sql.tree.Query;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The definitions of views. */
final class Views {

    private Views() {}

    /** A view's query, and the names in its text. */
    record Definition(Query query, List<Token> tokens) {
        Identifiers identifiers() {
            return new Identifiers(tokens);
        }
    }

    /** The definition of a view; null if it is not known or not understood. */
    static @Nullable Definition definition(Table view, SqlDialect dialect) {
        Parsed parsed = parse(view, dialect);
        return parsed != null && parsed.statement() instanceof Query query && !mayMeanTables(query, parsed, dialect)
                ? new Definition(query, parsed.tokens())
                : null;
    }

    /** On H2 the name of a common table expression may mean a table of the current schema, which is not told by the definition. */
    private static boolean mayMeanTables(Query query, Parsed parsed, SqlDialect dialect) {
        return dialect == SqlDialect.H2
                && (query.with() != null || parsed.tokens().stream().anyMatch(token -> token.isWord("with")));
    }

    private static @Nullable Parsed parse(Table view, SqlDialect dialect) {
        if (view.definition() == null) {
            return null;
        }
        try {
            // What stands for a parameter in a text given to JDBC is an operator here: the parser finds a parameter too
            // many.
            List<Parsed> statements = SqlParser.parse(Lexer.lex(view.definition(), dialect.lexical()));
            boolean one = statements.size() == 1
                    && statements.get(0).tokens().stream().noneMatch(token -> token.kind() == TokenKind.PARAMETER);
            return one ? statements.get(0) : null;
        } catch (SqlSyntaxException notUnderstood) {
            return null;
        }
    }

    /** Whether it surely calls nothing that may write, nor does a view that it reads. */
    static boolean isReadOnly(Table view, Catalog catalog, SqlDialect dialect) {
        Definition definition = definition(view, dialect);
        if (definition != null) {
            Findings findings = new Findings();
            new QueryAnalysis(catalog(catalog), dialect, findings).query(definition.query(), null, CteScope.NONE);
            return findings.sideEffects() == null;
        }
        Parsed parsed = parse(view, dialect);
        return parsed != null
                && ReadOnlyTokens.test(parsed.tokens(), catalog)
                && parsed.tokens().stream().noneMatch(token -> token.isName() && mayBeView(token.value(), catalog));
    }

    private static boolean mayBeView(String name, Catalog catalog) {
        return catalog.tables().stream()
                .anyMatch(table -> table.is(Trait.VIEW) && table.name().name().equals(name));
    }

    /** The materialized view that a statement fills anew; null if it is another statement, or the view is not known. */
    static @Nullable Table refreshed(List<Token> tokens, Catalog catalog) {
        int at = 0;
        for (String word : List.of("refresh", "materialized", "view")) {
            if (!tokens.get(at).isWord(word)) {
                return null;
            }
            at++;
        }
        if (tokens.get(at).isWord("concurrently")) {
            at++;
        }
        Table view = named(tokens, at, catalog);
        return view != null && view.is(Trait.MATERIALIZED_VIEW) ? view : null;
    }

    private static @Nullable Table named(List<Token> tokens, int at, Catalog catalog) {
        if (!tokens.get(at).isName()) {
            return null;
        }
        String first = tokens.get(at).value();
        boolean qualified =
                tokens.get(at + 1).isSymbol(".") && tokens.get(at + 2).isName();
        return qualified ? catalog.resolve(first, tokens.get(at + 2).value()) : catalog.resolve(null, first);
    }

    /** The catalog as a definition names it: every relation with its schema. What has none is the database's own. */
    static Catalog catalog(Catalog catalog) {
        return catalog instanceof Qualified ? catalog : new Qualified(catalog);
    }

    private record Qualified(Catalog all) implements Catalog {

        @Override
        public long version() {
            return all.version();
        }

        @Override
        public @Nullable Table resolve(@Nullable String schema, String name) {
            return schema == null ? null : all.resolve(schema, name);
        }

        @Override
        public @Nullable Table table(TableName name) {
            return all.table(name);
        }

        @Override
        public Collection<Table> tables() {
            return all.tables();
        }

        @Override
        public boolean isUserFunction(String name) {
            return all.isUserFunction(name);
        }
    }
}
