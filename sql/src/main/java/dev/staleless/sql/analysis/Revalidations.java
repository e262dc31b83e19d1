package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.Revalidation;
import dev.staleless.core.query.Revalidation.Handle;
import dev.staleless.core.query.Revalidation.PageKey;
import dev.staleless.core.query.Revalidation.Text;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.LexedText;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.parse.SqlParser;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the statements by which the database is asked what a change means for a result, out of the tokens of a query: its FROM and
 * WHERE as they are written, with a further condition. What was made is parsed, and used only if its tree is that of the
 * query in these parts. So it does not matter how well the places of clauses are known: what is found wrong is not used.
 *
 * <p>Only for queries without WITH. Not on MariaDB, where a statement more is seen by {@code FOUND_ROWS()}.
 */
final class Revalidations {

    /** Of a longer text none is made: it would be parsed twice. */
    private static final int LONGEST = 20_000;

    /** Stands for the further condition while what was made is looked at. */
    private static final String PLACE = "1 = 1";

    private final Query query;
    private final ResultView view;
    private final QueryAnalysis analysis;
    private final List<Token> tokens;
    private final String text;
    private final SqlDialect dialect;

    private Revalidations(
            Query query, ResultView view, QueryAnalysis analysis, List<Token> tokens, String text, SqlDialect dialect) {
        this.query = query;
        this.view = view;
        this.analysis = analysis;
        this.tokens = tokens;
        this.text = text;
        this.dialect = dialect;
    }

    /**
     * How to ask; null if it is not known.
     *
     * @param contributions of the occurrences, by index
     */
    static @Nullable Revalidation of(
            Query query,
            @Nullable ResultView view,
            QueryAnalysis analysis,
            List<@Nullable Contribution> contributions,
            List<Token> tokens,
            String text,
            SqlDialect dialect) {
        boolean may = view != null
                && dialect != SqlDialect.MARIADB
                && text.length() <= LONGEST
                && query.with() == null
                && query.body() == view.block()
                && view.block().into() == null
                && !view.block().from().isEmpty()
                && tokens.stream().noneMatch(token -> token.isSymbol("{"));
        return may && view != null
                ? new Revalidations(query, view, analysis, tokens, text, dialect).make(contributions)
                : null;
    }

    private @Nullable Revalidation make(List<@Nullable Contribution> contributions) {
        Clauses clauses = Clauses.of(tokens);
        Map<Integer, List<Handle>> handles = new HashMap<>();
        for (TableOccurrence occurrence : analysis.occurrences()) {
            Contribution contribution = contributions.get(occurrence.index);
            List<Handle> of = contribution == null ? List.of() : handles(occurrence, contribution);
            if (!of.isEmpty()) {
                handles.put(occurrence.index, of);
            }
        }
        Text existence = clauses == null || handles.isEmpty() ? null : existence(clauses);
        if (clauses == null || existence == null) {
            return null;
        }
        PageKey key = pageKey(contributions, handles);
        Text page = key == null ? null : page(clauses);
        return new Revalidation(existence, page, page == null ? null : key, handles);
    }

    // ---- what can be named

    private List<Handle> handles(TableOccurrence occurrence, Contribution contribution) {
        List<Handle> handles = new ArrayList<>();
        if (contribution.role() == Role.COMBINED && isNamed(occurrence)) {
            for (String column : occurrence.table.primaryKey()) {
                var found = occurrence.table.column(column);
                if (found != null && isAsked(found.type())) {
                    handles.add(new Handle(column, true, expression(occurrence, column), found.type()));
                }
            }
        }
        switch (contribution.role()) {
            case COMBINED, SOUGHT, BARRED, ATTACHED -> addLinks(occurrence, handles);
            case REPEATED, OTHER -> {}
        }
        return handles;
    }

    /** Columns of the result's block that equal one of the row's wherever it takes part. */
    private void addLinks(TableOccurrence occurrence, List<Handle> into) {
        for (Condition condition : Equalities.flatten(occurrence.conditions)) {
            if (condition instanceof Condition.Comparison comparison
                    && comparison.operator() == Condition.Operator.EQUAL
                    && comparison.left() instanceof Operand.Column left
                    && comparison.right() instanceof Operand.Column right) {
                addLink(occurrence, left, right, into);
                addLink(occurrence, right, left, into);
            }
        }
    }

    private void addLink(TableOccurrence occurrence, Operand.Column own, Operand.Column other, List<Handle> into) {
        if (own.use() != occurrence.index || other.use() == occurrence.index) {
            return;
        }
        TableOccurrence linked = analysis.occurrences().get(other.use());
        boolean alike = own.type().kind() == other.type().kind()
                && own.type().equality() == other.type().equality()
                && isAsked(own.type())
                && isAsked(other.type());
        if (alike && linked.isInner() && isNamed(linked)) {
            into.add(new Handle(own.column(), false, expression(linked, other.column()), own.type()));
        }
    }

    /** Whether the alias of an occurrence of the result's block names it there. */
    private boolean isNamed(TableOccurrence occurrence) {
        return occurrence.block == view.scope()
                && view.scope().sources().stream()
                        .anyMatch(source -> source instanceof Source.Base base
                                && base.index() == occurrence.index
                                && !base.renamed());
    }

    private static boolean isAsked(ColumnType type) {
        return switch (type.kind()) {
            case INTEGER, UUID -> true;
            case TEXT ->
                (type.equality() == ColumnType.Equality.EXACT || type.equality() == ColumnType.Equality.EXACT_ORDERED)
                        && type.scale() != ColumnType.VARIED;
            default -> false;
        };
    }

    private static String expression(TableOccurrence occurrence, String column) {
        return ReturnedRows.quoted(occurrence.alias) + "." + ReturnedRows.quoted(column);
    }

    /** The only occurrence, or the first, whose key of one column the result shows. */
    private @Nullable PageKey pageKey(List<@Nullable Contribution> contributions, Map<Integer, List<Handle>> handles) {
        boolean pages = view.form().kind() == ResultForm.Kind.ROWS
                && query.limit() != null
                && !query.withTies()
                && !query.orderBy().isEmpty();
        for (TableOccurrence occurrence : pages ? analysis.occurrences() : List.<TableOccurrence>of()) {
            Contribution contribution = contributions.get(occurrence.index);
            List<Handle> of = handles.getOrDefault(occurrence.index, List.of());
            if (contribution != null
                    && contribution.role() == Role.COMBINED
                    && contribution.key().size() == 1
                    && !of.isEmpty()
                    && of.get(0).key()) {
                Contribution.Shown shown =
                        contribution.shown().get(contribution.key().get(0));
                if (shown != null && shown.itself()) {
                    return new PageKey(
                            occurrence.index,
                            shown.position(),
                            of.get(0).expression(),
                            of.get(0).type());
                }
            }
        }
        return null;
    }

    // ---- the statements

    private @Nullable Text existence(Clauses clauses) {
        String after = dialect == SqlDialect.POSTGRESQL ? " LIMIT 1" : "";
        Text made = text("SELECT 1 ", clauses.from(), clauses, after, clauses.whereEnd(), clauses.whereEnd());
        Query read = read(made);
        boolean right = read != null
                && read.body() instanceof Query.Select select
                && !select.distinct()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty()
                && read.orderBy().isEmpty()
                && read.offset() == null;
        return right ? made : null;
    }

    private @Nullable Text page(Clauses clauses) {
        Text made = text("", 0, clauses, "", clauses.order(), clauses.orderEnd());
        Query read = read(made);
        boolean right = read != null
                && read.body() instanceof Query.Select select
                && select.items().equals(view.block().items())
                && !select.distinct()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty()
                && equal(read.orderBy(), query.orderBy())
                && read.limit() == null
                && read.offset() == null;
        return right ? made : null;
    }

    private static boolean equal(List<OrderItem> one, List<OrderItem> other) {
        return one.equals(other);
    }

    /**
     * A statement.
     *
     * @param first its first token
     * @param more the first token that stands behind the further condition, and the one before which it ends
     */
    private Text text(String before, int first, Clauses clauses, String after, int more, int end) {
        int where = clauses.where();
        String head = slice(first, where < 0 ? clauses.fromEnd() : where);
        String condition = where < 0 ? "" : "(" + slice(where + 1, clauses.whereEnd()) + ") AND ";
        String rest = more < end ? " " + slice(more, end) : "";
        return new Text(
                before + head + " WHERE " + condition + "(",
                ")" + rest + after,
                parameters(first, clauses.whereEnd()),
                parameters(more, end));
    }

    private String slice(int from, int to) {
        return from >= to
                ? ""
                : text.substring(tokens.get(from).start(), tokens.get(to - 1).end());
    }

    private List<Integer> parameters(int from, int to) {
        List<Integer> parameters = new ArrayList<>();
        for (Token token : tokens.subList(from, to)) {
            if (token.kind() == TokenKind.PARAMETER) {
                parameters.add(token.parameter() - 1);
            }
        }
        return parameters;
    }

    /** The query that a statement is, if it forms the same combinations, with one condition more; null if not. */
    private @Nullable Query read(Text made) {
        Dialect lexical = view.scope().isPostgres() ? Dialect.POSTGRESQL : Dialect.H2;
        List<SqlParser.Parsed> parsed;
        try {
            LexedText lexed = Lexer.lex(made.before() + PLACE + made.after(), lexical);
            parsed = SqlParser.parse(lexed);
        } catch (SqlSyntaxException e) {
            return null;
        }
        if (parsed.size() != 1
                || !(parsed.get(0).statement() instanceof Query read)
                || !(read.body() instanceof Query.Select select)
                || read.with() != null
                || !read.locking().isEmpty()
                || !select.from().equals(view.block().from())) {
            return null;
        }
        List<Expr> conjuncts = Conditions.conjuncts(select.where());
        int more = conjuncts.size() - 1;
        boolean same = more >= 0
                && Objects.equals(
                        conjuncts.subList(0, more),
                        Conditions.conjuncts(view.block().where()))
                && conjuncts.get(more).equals(place(lexical));
        return same ? read : null;
    }

    private static @Nullable Expr place(Dialect lexical) {
        List<SqlParser.Parsed> parsed = SqlParser.parse(Lexer.lex("SELECT 1 WHERE (" + PLACE + ")", lexical));
        return parsed.get(0).statement() instanceof Query query && query.body() instanceof Query.Select select
                ? select.where()
                : null;
    }

    /**
     * Where the clauses of a query's block seem to stand, as numbers of tokens.
     *
     * @param where -1 without
     * @param whereEnd behind WHERE, or behind FROM if there is none
     * @param order the first token of ORDER BY; as {@code orderEnd} if there is none
     */
    private record Clauses(int from, int fromEnd, int where, int whereEnd, int order, int orderEnd) {

        static @Nullable Clauses of(List<Token> tokens) {
            int from = -1;
            int where = -1;
            int behind = -1;
            int order = -1;
            int end = -1;
            int depth = 0;
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
                depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
                boolean last = token.kind() == TokenKind.END || token.isSymbol(";");
                if (depth != 0 || token.kind() != TokenKind.WORD && !last || i > 0 && isPart(tokens.get(i - 1))) {
                    continue;
                }
                String word = token.word();
                if (word.equals("from") && from < 0) {
                    from = i;
                } else if (word.equals("where") && from >= 0 && where < 0) {
                    where = i;
                } else if (from >= 0 && (last || ends(word))) {
                    behind = behind < 0 ? i : behind;
                    order = word.equals("order") && order < 0 ? i : order;
                    boolean over = last || order >= 0 && !word.equals("order") && ends(word);
                    end = end < 0 && over ? i : end;
                }
            }
            if (from < 0 || behind < 0 || !tokens.get(0).isWord("select")) {
                return null;
            }
            int orderEnd = order < 0 || end < 0 ? behind : end;
            return new Clauses(from, where < 0 ? behind : where, where, behind, order < 0 ? behind : order, orderEnd);
        }

        /** Whether the word behind it is a name, or part of an operator. */
        private static boolean isPart(Token before) {
            return before.isSymbol(".") || before.isWord("as") || before.isWord("distinct") || before.isWord("within");
        }

        private static boolean ends(String word) {
            return switch (word) {
                case "group", "having", "window", "order", "limit", "offset", "fetch", "for" -> true;
                default -> false;
            };
        }
    }
}
