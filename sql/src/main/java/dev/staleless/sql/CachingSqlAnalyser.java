package dev.staleless.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.catalog.Catalog;
import dev.staleless.sql.analysis.StatementAnalysis;
import dev.staleless.sql.lex.LexedText;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.lex.SqlSyntaxException;

/** The analyser: a bounded cache by text and catalog version in front of the analysis. */
final class CachingSqlAnalyser implements SqlAnalyser {

    /** What an analysis weighs beside its text. */
    private static final int OVERHEAD = 500;

    private final SqlDialect dialect;
    private final Cache<Key, Analysis> analyses;

    CachingSqlAnalyser(SqlDialect dialect, long maximumCharacters) {
        this.dialect = dialect;
        analyses = Caffeine.newBuilder()
                .maximumWeight(maximumCharacters)
                .weigher((Key key, Analysis analysis) -> OVERHEAD + key.sql().length())
                .build();
    }

    private record Key(String sql, long catalogVersion) {}

    @Override
    public Analysis analyse(String sql, Catalog catalog) {
        Key key = new Key(sql, catalog.version());
        Analysis known = analyses.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Analysis analysis = analyseNow(sql, catalog);
        analyses.put(key, analysis);
        return analysis;
    }

    private Analysis analyseNow(String sql, Catalog catalog) {
        try {
            LexedText text = Lexer.lex(sql, dialect.lexical());
            return StatementAnalysis.of(text, NormalizedSql.of(text), catalog, dialect);
        } catch (SqlSyntaxException e) {
            return new Analysis.Everything(
                    NormalizedSql.of(sql, dialect.lexical()), Analysis.Cause.UNKNOWN, String.valueOf(e.getMessage()));
        }
    }
}
