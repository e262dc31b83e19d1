package dev.staleless.sql.analysis;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names in a text that reads a view, and whether the columns of the view that it reads are among them: on MariaDB, where a
 * whole row is read by nothing but {@code *} and NATURAL joins.
 *
 * <p>A column that a view does no more than show, and that nobody names who reads the view, is not read: the view's rows are the
 * same whatever is in it, as long as the view neither compares its rows (DISTINCT, set operations), nor groups, orders or counts
 * them.
 */
record NamedColumns(Identifiers identifiers, boolean all) {

    /** Those of a text. */
    static NamedColumns of(List<Token> tokens) {
        boolean all = false;
        for (int i = 0; i < tokens.size(); i++) {
            all |= tokens.get(i).isWord("natural") || tokens.get(i).isOperator("*") && !isCounted(tokens, i);
        }
        return new NamedColumns(new Identifiers(tokens), all);
    }

    /** {@code count(*)} reads no column. */
    private static boolean isCounted(List<Token> tokens, int star) {
        return star >= 2
                && star + 1 < tokens.size()
                && tokens.get(star - 2).isWord("count")
                && tokens.get(star - 1).isSymbol("(")
                && tokens.get(star + 1).isSymbol(")");
    }

    /** The text of a view without what it only shows, and nobody names here. */
    List<Token> read(Query view, List<Token> text) {
        return all || !isPlain(view) ? text : pruned(text);
    }

    private static boolean isPlain(Query view) {
        return view.body() instanceof Query.Select select
                && view.with() == null
                && view.orderBy().isEmpty()
                && view.limit() == null
                && view.offset() == null
                && !select.distinct()
                && select.distinctOn().isEmpty()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty();
    }

    private List<Token> pruned(List<Token> text) {
        List<Token> kept = new ArrayList<>();
        List<Token> item = new ArrayList<>();
        int depth = 0;
        int at = 0;
        while (at < text.size() && !(depth == 0 && text.get(at).isWord("from"))) {
            Token token = text.get(at++);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean ends = depth == 0 && token.isSymbol(",");
            if (!ends && !token.isWord("select")) {
                item.add(token);
            } else if (ends) {
                kept.addAll(isUnnamed(item) ? List.of() : item);
                item.clear();
            }
        }
        kept.addAll(isUnnamed(item) ? List.of() : item);
        kept.addAll(text.subList(at, text.size()));
        return kept;
    }

    /** Whether it is {@code a.b.c AS d}, and nobody names d. */
    private boolean isUnnamed(List<Token> item) {
        String label = label(item);
        return label != null && !identifiers.contains(label);
    }

    private static @Nullable String label(List<Token> item) {
        int size = item.size();
        if (size < 3
                || size % 2 == 0
                || !item.get(size - 2).isWord("as")
                || !item.get(size - 1).isName()) {
            return null;
        }
        for (int i = 0; i < size - 2; i++) {
            boolean fits = i % 2 == 0 ? item.get(i).isName() : item.get(i).isSymbol(".");
            if (!fits) {
                return null;
            }
        }
        return item.get(size - 1).value();
    }
}
