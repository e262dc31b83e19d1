package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TypeName;
import dev.staleless.sql.tree.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks expressions for what makes a result depend on more than tables, parameters and settings, or makes a statement write:
 * functions, operators, types and clocks. It also finds rows that are read whole, and hands sub-queries on.
 */
final class ExpressionCheck {

    private final Catalog catalog;
    private final Vocabulary vocabulary;

    /** Whether a time of day is completed by today's date where a date and time is expected. */
    private final boolean times;

    private final Findings findings;
    private final QueryAnalysis queries;
    private final ClockCheck clocks = new ClockCheck();
    private final SemiJoins semiJoins = new SemiJoins();

    ExpressionCheck(Catalog catalog, SqlDialect dialect, Findings findings, QueryAnalysis queries) {
        this.vocabulary = Vocabulary.of(dialect);
        this.times = dialect == SqlDialect.MARIADB;
        this.catalog = catalog;
        this.findings = findings;
        this.queries = queries;
    }

    /** Which parameters may be read as a date or time. */
    ClockCheck clocks() {
        return clocks;
    }

    /** Which tests of sub-queries the database surely answers without a semi-join. */
    SemiJoins semiJoins() {
        return semiJoins;
    }

    void check(Expr expr, Scope scope, CteScope ctes) {
        visit(expr, scope, ctes);
    }

    void checkChildren(Node node, Scope scope, CteScope ctes) {
        node.forEachChild(child -> visit(child, scope, ctes));
    }

    private void visit(Node node, Scope scope, CteScope ctes) {
        if (node instanceof Query query) {
            queries.query(query, scope, ctes);
            return;
        }
        if (node instanceof Expr expr) {
            inspect(expr, scope);
            String clock = clocks.inspect(expr, scope);
            if (clock != null) {
                findings.uncacheable(clock);
            }
        }
        if (node instanceof Window window) {
            // a window's expressions are the block's, like any other
            checkChildren(window, scope, ctes);
            return;
        }
        checkChildren(node, scope, ctes);
    }

    private void inspect(Expr expr, Scope scope) {
        if (times && isClock(expr, scope)) {
            findings.uncacheable("a time of day may be completed by today's date");
        }
        if (SemiJoins.isSubqueryTest(expr) && !semiJoins.isNone(expr)) {
            findings.semiJoin();
        }
        if (isH2() && mayHoldSeveral(expr)) {
            // an IN of VALUES was seen to return other rows when it was executed again, with no LIMIT: why is not known
            findings.seeksSeveral(queries.isNested() || expr instanceof Expr.InQuery in && isOfValues(in.query()));
        }
        if (expr instanceof Expr.Column column) {
            column(column, scope);
        } else if (expr instanceof Expr.Star star) {
            star(star, scope);
        } else if (expr instanceof Expr.Call call) {
            function(call.name(), call.arguments().size());
        } else if (expr instanceof Expr.KeywordValue value) {
            findings.uncacheable(value.name() + " is not a constant");
        } else if (expr instanceof Expr.Binary binary) {
            operator(binary.operator());
        } else if (expr instanceof Expr.Unary unary) {
            operator(unary.operator());
        } else if (expr instanceof Expr.QuantifiedArray quantified) {
            operator(quantified.operator());
        } else if (expr instanceof Expr.QuantifiedQuery quantified) {
            operator(quantified.operator());
        } else if (expr instanceof Expr.Cast cast) {
            type(cast.type());
        } else if (expr instanceof Expr.TypedLiteral literal) {
            type(literal.type());
        } else if (expr instanceof Expr.Field field) {
            attribute(field.field());
        } else if (expr instanceof Expr.AtTimeZone at) {
            timeZone(at, scope);
        } else if (expr instanceof Expr.CurrentOf) {
            findings.uncacheable("WHERE CURRENT OF");
        }
    }

    /** A condition by which rows of several values are sought in an index: H2 makes an IN of an OR. */
    private static boolean mayHoldSeveral(Expr expr) {
        return expr instanceof Expr.InList in && in.elements().size() > 1
                || expr instanceof Expr.Or
                || expr instanceof Expr.InQuery
                || expr instanceof Expr.QuantifiedArray
                || expr instanceof Expr.QuantifiedQuery;
    }

    private static boolean isOfValues(Query query) {
        return query.body() instanceof Query.Values;
    }

    private boolean isH2() {
        return queries.dialect() == SqlDialect.H2;
    }

    /** Whether a column that holds a time of day meets anything but a constant. */
    private static boolean isClock(Expr expr, Scope scope) {
        boolean plain = expr instanceof Expr.Is
                || expr instanceof Expr.And
                || expr instanceof Expr.Or
                || expr instanceof Expr.Not
                || expr instanceof Expr.Uninterpreted;
        boolean[] time = {false};
        boolean[] other = {
            !(expr instanceof Expr.Binary
                    || expr instanceof Expr.Between
                    || expr instanceof Expr.InList
                    || expr instanceof Expr.IsDistinct)
        };
        expr.forEachChild(child -> {
            boolean isTime = child instanceof Expr.Column column && isTime(column, scope);
            time[0] |= isTime;
            other[0] |= !isTime && !(child instanceof Expr.Literal) && !(child instanceof Expr.Parameter);
        });
        return !plain && time[0] && other[0];
    }

    private static boolean isTime(Expr.Column column, Scope scope) {
        Scope.Resolved resolved = scope.resolve(column);
        return resolved != null && resolved.column().type().kind() == ColumnType.Kind.TIME;
    }

    // ---- names

    private void column(Expr.Column reference, Scope scope) {
        List<Name> parts = reference.parts();
        if (isH2() && H2Builtins.isPseudoColumn(parts.get(parts.size() - 1).text())) {
            findings.uncacheable(Name.join(parts) + " is no column");
        }
        if (parts.size() == 1) {
            readWhole(scope.byAlias(parts.get(0).text()));
            return;
        }
        if (scope.resolve(reference) != null) {
            return;
        }
        Name last = parts.get(parts.size() - 1);
        Source source = parts.size() == 2 ? scope.byAlias(parts.get(0).text()) : null;
        if (source == null) {
            findings.uncacheable(Name.join(parts) + " is not understood");
            attribute(last);
        } else if (source instanceof Source.Base base && !base.renamed() && !SystemColumns.contains(last.text())) {
            // t.f can mean f(t)
            readWhole(source);
            findings.uncacheable(Name.join(parts) + " is no column");
            attribute(last);
        }
    }

    private void star(Expr.Star star, Scope scope) {
        List<Name> qualifier = star.qualifier();
        if (!qualifier.isEmpty()) {
            readWhole(scope.byAlias(qualifier.get(qualifier.size() - 1).text()));
        }
    }

    private void readWhole(@Nullable Source source) {
        if (source instanceof Source.Base base) {
            queries.occurrences().get(base.index()).readWhole();
        }
    }

    /** A field of a row can be a call of a function as well. */
    private void attribute(Name name) {
        if (catalog.isUserFunction(name.text())) {
            findings.sideEffects("may call " + name);
        }
        findings.uncacheable("field " + name + " of a row");
    }

    // ---- functions, operators, types

    private void function(List<Name> name, int arguments) {
        String last = name.get(name.size() - 1).text();
        boolean own = name.size() == 1
                || name.size() == 2 && vocabulary.isOwnSchema(name.get(0).text());
        if (!own || name.size() == 1 && catalog.isUserFunction(last)) {
            findings.sideEffects("calls " + Name.join(name) + ", which may write");
        } else if (vocabulary.changesSettings(last)) {
            findings.settings();
        } else if (!vocabulary.isPure(last, arguments)) {
            findings.uncacheable("calls " + last + ", which is not known to be deterministic");
        }
    }

    private void operator(String operator) {
        String plain = operator.startsWith("not ") ? operator.substring(4) : operator;
        if (!plain.endsWith("like") && !vocabulary.isPureOperator(plain)) {
            findings.uncacheable("operator " + operator + " is not known to be deterministic");
        }
    }

    private void type(TypeName type) {
        if (!vocabulary.isPlainType(type.name())) {
            findings.uncacheable("type " + type.name() + " is not known");
        }
    }

    /** A time with zone is shifted by the zone's offset of today. */
    private void timeZone(Expr.AtTimeZone at, Scope scope) {
        Expr operand = at.operand();
        boolean timestamp = false;
        if (operand instanceof Expr.Column column) {
            Scope.Resolved resolved = scope.resolve(column);
            ColumnType.Kind kind = resolved == null
                    ? ColumnType.Kind.OTHER
                    : resolved.column().type().kind();
            timestamp = kind == ColumnType.Kind.TIMESTAMP || kind == ColumnType.Kind.TIMESTAMP_TZ;
        } else if (operand instanceof Expr.Cast cast) {
            timestamp = cast.type().name().startsWith("timestamp");
        } else if (operand instanceof Expr.TypedLiteral literal) {
            timestamp = literal.type().name().startsWith("timestamp");
        } else if (operand instanceof Expr.AtTimeZone inner) {
            timestamp = true;
            timeZone(inner, scope);
        }
        if (!timestamp) {
            findings.uncacheable("AT TIME ZONE of what may be a time of day");
        }
    }
}
