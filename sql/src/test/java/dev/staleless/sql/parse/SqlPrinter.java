package dev.staleless.sql.parse;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.TypeName;
import dev.staleless.sql.tree.Window;
import dev.staleless.sql.tree.With;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a tree as SQL with parentheses around every expression: what the database makes of it is what we made of it. */
final class SqlPrinter {

    private SqlPrinter() {}

    static String print(Statement statement) {
        if (statement instanceof Query query) {
            return query(query);
        }
        if (statement instanceof Statement.Insert insert) {
            return insert(insert);
        }
        if (statement instanceof Statement.Update update) {
            return with(update.with()) + "update " + table(update.target()) + " set "
                    + list(update.assignments(), SqlPrinter::assignment)
                    + list(" from ", update.from(), SqlPrinter::from) + clause(" where ", update.where())
                    + returning(update.returning());
        }
        if (statement instanceof Statement.Delete delete) {
            return with(delete.with()) + "delete from " + table(delete.target())
                    + list(" using ", delete.using(), SqlPrinter::from) + clause(" where ", delete.where())
                    + returning(delete.returning());
        }
        if (statement instanceof Statement.Truncate truncate) {
            return "truncate " + list(truncate.tables(), SqlPrinter::table)
                    + (truncate.restartIdentity() ? " restart identity" : "") + (truncate.cascade() ? " cascade" : "");
        }
        return merge((Statement.Merge) statement);
    }

    private static String insert(Statement.Insert insert) {
        StringBuilder sql =
                new StringBuilder(with(insert.with())).append("insert into ").append(table(insert.target()));
        if (!insert.columns().isEmpty()) {
            sql.append(" (").append(list(insert.columns(), SqlPrinter::target)).append(')');
        }
        if (!insert.overriding().isEmpty()) {
            sql.append(" overriding ").append(insert.overriding()).append(" value");
        }
        Query source = insert.source();
        sql.append(' ').append(source == null ? "default values" : query(source));
        Statement.OnConflict conflict = insert.onConflict();
        if (conflict != null) {
            sql.append(" on conflict ");
            if (conflict.constraint() != null) {
                sql.append("on constraint ").append(conflict.constraint());
            } else if (!conflict.keys().isEmpty()) {
                sql.append('(')
                        .append(list(conflict.keys(), SqlPrinter::expr))
                        .append(')')
                        .append(clause(" where ", conflict.keysWhere()));
            }
            sql.append(
                    conflict.assignments().isEmpty()
                            ? " do nothing"
                            : " do update set " + list(conflict.assignments(), SqlPrinter::assignment)
                                    + clause(" where ", conflict.where()));
        }
        return sql + returning(insert.returning());
    }

    private static String merge(Statement.Merge merge) {
        StringBuilder sql = new StringBuilder(with(merge.with()))
                .append("merge into ")
                .append(table(merge.target()))
                .append(" using ")
                .append(from(merge.source()))
                .append(" on ")
                .append(expr(merge.on()));
        for (Statement.MergeWhen when : merge.whens()) {
            sql.append(" when ")
                    .append(when.match())
                    .append(clause(" and ", when.condition()))
                    .append(" then ");
            switch (when.action()) {
                case "update" -> sql.append("update set ").append(list(when.assignments(), SqlPrinter::assignment));
                case "insert" -> {
                    sql.append("insert");
                    if (!when.columns().isEmpty()) {
                        sql.append(" (")
                                .append(list(when.columns(), SqlPrinter::target))
                                .append(')');
                    }
                    if (!when.overriding().isEmpty()) {
                        sql.append(" overriding ").append(when.overriding()).append(" value");
                    }
                    Expr.Row values = when.values();
                    sql.append(
                            values == null
                                    ? " default values"
                                    : " values (" + list(values.fields(), SqlPrinter::expr) + ")");
                }
                default -> sql.append(when.action());
            }
        }
        return sql + returning(merge.returning());
    }

    private static String assignment(Statement.Assignment assignment) {
        String targets = list(assignment.targets(), SqlPrinter::target);
        return (assignment.row() ? "(" + targets + ")" : targets) + " = " + expr(assignment.value());
    }

    private static String target(Statement.Target target) {
        StringBuilder text = new StringBuilder(target.column().toString());
        target.fields().forEach(field -> text.append('.').append(field));
        target.subscripts()
                .forEach(subscript -> text.append('[').append(expr(subscript)).append(']'));
        return text.toString();
    }

    private static String returning(List<Query.Item> items) {
        return list(" returning ", items, SqlPrinter::item);
    }

    // ---- queries

    static String query(Query query) {
        return with(query.with())
                + body(query.body())
                + list(" order by ", query.orderBy(), SqlPrinter::order)
                + limits(query)
                + query.locking().stream().map(SqlPrinter::locking).collect(Collectors.joining());
    }

    /** Parameters are numbered by their order, so that order is kept. */
    private static String limits(Query query) {
        String offset = clause(" offset ", query.offset());
        String limit = query.limit() == null
                ? ""
                : query.withTies()
                        ? " fetch first " + expr(query.limit()) + " rows with ties"
                        : " limit " + expr(query.limit());
        boolean limitFirst = query.limit() instanceof Expr.Parameter l
                && query.offset() instanceof Expr.Parameter o
                && l.number() < o.number();
        return limitFirst ? limit + offset : offset + limit;
    }

    private static String locking(Query.Locking locking) {
        return " for " + locking.strength()
                + (locking.of().isEmpty()
                        ? ""
                        : " of " + locking.of().stream().map(Name::toString).collect(Collectors.joining(", ")))
                + (locking.waiting().isEmpty() ? "" : " " + locking.waiting());
    }

    private static String with(@Nullable With with) {
        if (with == null) {
            return "";
        }
        return "with " + (with.recursive() ? "recursive " : "")
                + list(
                        with.ctes(),
                        cte -> cte.name() + columns(cte.columns()) + " as "
                                + (cte.materialized() == null
                                        ? ""
                                        : cte.materialized() ? "materialized " : "not materialized ")
                                + "(" + print(cte.statement()) + ")")
                + " ";
    }

    private static String columns(List<Name> names) {
        return names.isEmpty() ? "" : " (" + names.stream().map(Name::toString).collect(Collectors.joining(", ")) + ")";
    }

    private static String body(Query.Body body) {
        if (body instanceof Query.Values values) {
            return "values " + list(values.rows(), row -> "(" + list(row.fields(), SqlPrinter::expr) + ")");
        }
        if (body instanceof Query.Whole whole) {
            return "table " + table(whole.table());
        }
        if (body instanceof Query.SetOperation operation) {
            return "(" + query(operation.left()) + ") " + operation.operator() + (operation.all() ? " all" : "") + " ("
                    + query(operation.right()) + ")";
        }
        Query.Select select = (Query.Select) body;
        return "select " + (select.distinct() ? "distinct " : "")
                + (select.distinctOn().isEmpty() ? "" : "on (" + list(select.distinctOn(), SqlPrinter::expr) + ") ")
                + list(select.items(), SqlPrinter::item)
                + (select.into() == null ? "" : " into " + Name.join(select.into()))
                + list(" from ", select.from(), SqlPrinter::from)
                + clause(" where ", select.where())
                + list(
                        select.groupByDistinct() ? " group by distinct " : " group by ",
                        select.groupBy(),
                        SqlPrinter::grouping)
                + clause(" having ", select.having())
                + list(" window ", select.windows(), named -> named.name() + " as " + window(named.window()));
    }

    private static String grouping(Expr expr) {
        if (expr instanceof Expr.Row row && row.fields().isEmpty()) {
            return "()";
        }
        return expr instanceof Expr.Grouping grouping
                ? grouping.kind() + " (" + list(grouping.elements(), SqlPrinter::grouping) + ")"
                : expr(expr);
    }

    private static String item(Query.Item item) {
        return expr(item.expr()) + (item.alias() == null ? "" : " as " + item.alias());
    }

    private static String order(OrderItem item) {
        return expr(item.expr())
                + (item.direction().isEmpty() ? "" : " " + item.direction())
                + (item.nullsFirst() == null ? "" : item.nullsFirst() ? " nulls first" : " nulls last");
    }

    private static String window(Window window) {
        if (!window.parentheses()) {
            return String.valueOf(window.reference());
        }
        Window.Frame frame = window.frame();
        String text = (window.reference() == null ? "" : window.reference() + " ")
                + list(" partition by ", window.partitionBy(), SqlPrinter::expr)
                + list(" order by ", window.orderBy(), SqlPrinter::order);
        if (frame != null) {
            text += " " + frame.unit()
                    + (frame.end() == null
                            ? " " + bound(frame.start())
                            : " between " + bound(frame.start()) + " and " + bound(frame.end()))
                    + (frame.exclusion().isEmpty() ? "" : " exclude " + frame.exclusion());
        }
        return "(" + text + ")";
    }

    private static String bound(Window.Bound bound) {
        return bound.offset() == null ? bound.kind() : expr(bound.offset()) + " " + bound.kind();
    }

    // ---- FROM

    private static String table(TableRef.Table table) {
        return (table.only() ? "only " : "") + Name.join(table.name()) + alias(table.alias());
    }

    private static String alias(TableRef.@Nullable Alias alias) {
        return alias == null ? "" : " as " + alias.name() + columns(alias.columns());
    }

    private static String from(TableRef ref) {
        if (ref instanceof TableRef.Table table) {
            TableRef.Sample sample = table.sample();
            return table(table)
                    + (sample == null
                            ? ""
                            : " tablesample " + Name.join(sample.method()) + " ("
                                    + list(sample.arguments(), SqlPrinter::expr) + ")"
                                    + (sample.seed() == null ? "" : " repeatable (" + expr(sample.seed()) + ")"));
        }
        if (ref instanceof TableRef.Derived derived) {
            return (derived.lateral() ? "lateral " : "") + "(" + query(derived.query()) + ")" + alias(derived.alias());
        }
        if (ref instanceof TableRef.Function function) {
            return function(function);
        }
        return join((TableRef.Join) ref);
    }

    private static String function(TableRef.Function function) {
        String calls = list(function.calls(), SqlPrinter::bare);
        String text = (function.lateral() ? "lateral " : "")
                + (function.rowsFrom() ? "rows from (" + calls + ")" : calls)
                + (function.ordinality() ? " with ordinality" : "");
        TableRef.Alias alias = function.alias();
        if (alias == null || function.definitions().isEmpty()) {
            return text + alias(alias);
        }
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < alias.columns().size(); i++) {
            columns.append(i == 0 ? "" : ", ")
                    .append(alias.columns().get(i))
                    .append(' ')
                    .append(type(function.definitions().get(i)));
        }
        return text + " as " + alias.name() + " (" + columns + ")";
    }

    private static String join(TableRef.Join join) {
        String kind = join.kind().name().toLowerCase(Locale.ROOT) + " join ";
        String text = "(" + from(join.left()) + " " + (join.natural() ? "natural " : "") + kind + from(join.right())
                + clause(" on ", join.on())
                + (join.using().isEmpty() ? "" : " using" + columns(join.using()))
                + (join.usingAlias() == null ? "" : " as " + join.usingAlias()) + ")";
        return text + alias(join.alias());
    }

    // ---- expressions

    static String expr(Expr expr) {
        return expr instanceof Expr.Star
                        || expr instanceof Expr.Default
                        || expr instanceof Expr.CurrentOf
                        || expr instanceof Expr.Parameter
                        || expr instanceof Expr.Literal
                ? bare(expr)
                : expr instanceof Expr.Row
                                || expr instanceof Expr.Scalar
                                || expr instanceof Expr.ArrayElements e && e.nested()
                        ? bare(expr)
                        : "(" + bare(expr) + ")";
    }

    private static String bare(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        if (expr instanceof Expr.Parameter) {
            return "?";
        }
        if (expr instanceof Expr.Column column) {
            return Name.join(column.parts());
        }
        if (expr instanceof Expr.Star star) {
            return star.qualifier().isEmpty() ? "*" : Name.join(star.qualifier()) + ".*";
        }
        if (expr instanceof Expr.Cast cast) {
            return "cast(" + expr(cast.operand()) + " as " + type(cast.type()) + ")";
        }
        if (expr instanceof Expr.TypedLiteral literal) {
            return type(literal.type()) + " " + string(literal.text())
                    + (literal.suffix().isEmpty() ? "" : " " + literal.suffix());
        }
        if (expr instanceof Expr.Unary unary) {
            return operator(unary.operator()) + " " + expr(unary.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return expr(binary.left()) + " " + operator(binary.operator()) + " " + expr(binary.right());
        }
        if (expr instanceof Expr.And and) {
            return and.operands().stream().map(SqlPrinter::expr).collect(Collectors.joining(" and "));
        }
        if (expr instanceof Expr.Or or) {
            return or.operands().stream().map(SqlPrinter::expr).collect(Collectors.joining(" or "));
        }
        if (expr instanceof Expr.Not not) {
            return "not " + expr(not.operand());
        }
        return condition(expr);
    }

    private static String condition(Expr expr) {
        if (expr instanceof Expr.Between between) {
            return expr(between.operand()) + not(between.negated()) + " between "
                    + (between.symmetric() ? "symmetric " : "") + expr(between.low()) + " and " + expr(between.high());
        }
        if (expr instanceof Expr.InList in) {
            return expr(in.operand()) + not(in.negated()) + " in (" + list(in.elements(), SqlPrinter::expr) + ")";
        }
        if (expr instanceof Expr.InQuery in) {
            return expr(in.operand()) + not(in.negated()) + " in (" + query(in.query()) + ")";
        }
        if (expr instanceof Expr.Like like) {
            return expr(like.operand()) + not(like.negated()) + " " + like.operator() + " " + expr(like.pattern())
                    + clause(" escape ", like.escape());
        }
        if (expr instanceof Expr.Is is) {
            return expr(is.operand()) + " is" + not(is.negated()) + " " + is.test();
        }
        if (expr instanceof Expr.IsDistinct distinct) {
            return expr(distinct.left()) + " is" + not(distinct.negated()) + " distinct from " + expr(distinct.right());
        }
        if (expr instanceof Expr.Exists exists) {
            return "exists (" + query(exists.query()) + ")";
        }
        if (expr instanceof Expr.QuantifiedArray quantified) {
            return expr(quantified.operand()) + " " + operator(quantified.operator())
                    + (quantified.all() ? " all (" : " any (") + expr(quantified.array()) + ")";
        }
        if (expr instanceof Expr.QuantifiedQuery quantified) {
            return expr(quantified.operand()) + " " + operator(quantified.operator())
                    + (quantified.all() ? " all (" : " any (") + query(quantified.query()) + ")";
        }
        return value(expr);
    }

    private static String value(Expr expr) {
        if (expr instanceof Expr.Case choice) {
            return "case" + clause(" ", choice.operand())
                    + choice.whens().stream()
                            .map(w -> " when " + expr(w.condition()) + " then " + expr(w.result()))
                            .collect(Collectors.joining())
                    + clause(" else ", choice.otherwise()) + " end";
        }
        if (expr instanceof Expr.Call call) {
            return call(call);
        }
        if (expr instanceof Expr.KeywordCall call) {
            StringBuilder text = new StringBuilder(call.name())
                    .append('(')
                    .append(call.words().get(0));
            for (int i = 0; i < call.arguments().size(); i++) {
                text.append(' ')
                        .append(expr(call.arguments().get(i)))
                        .append(' ')
                        .append(call.words().get(i + 1));
            }
            return text.append(')').toString();
        }
        if (expr instanceof Expr.KeywordValue value) {
            return value.name() + (value.precision() == null ? "" : "(" + value.precision() + ")");
        }
        if (expr instanceof Expr.ArrayElements array) {
            return (array.nested() ? "[" : "array[") + list(array.elements(), SqlPrinter::expr) + "]";
        }
        if (expr instanceof Expr.ArrayQuery array) {
            return "array(" + query(array.query()) + ")";
        }
        if (expr instanceof Expr.Row row) {
            return "row(" + list(row.fields(), SqlPrinter::expr) + ")";
        }
        if (expr instanceof Expr.Scalar scalar) {
            return "(" + query(scalar.query()) + ")";
        }
        return postfix(expr);
    }

    private static String postfix(Expr expr) {
        if (expr instanceof Expr.AtTimeZone at) {
            return expr(at.operand()) + " at time zone " + expr(at.zone());
        }
        if (expr instanceof Expr.Collate collate) {
            return expr(collate.operand()) + " collate " + Name.join(collate.collation());
        }
        if (expr instanceof Expr.Subscript subscript) {
            String range = subscript.slice()
                    ? clause("", subscript.lower()) + ":" + clause("", subscript.upper())
                    : clause("", subscript.lower());
            return "(" + expr(subscript.operand()) + ")[" + range + "]";
        }
        if (expr instanceof Expr.Field field) {
            return "(" + expr(field.operand()) + ")." + field.field();
        }
        if (expr instanceof Expr.FieldStar star) {
            return "(" + expr(star.operand()) + ").*";
        }
        if (expr instanceof Expr.Default) {
            return "default";
        }
        if (expr instanceof Expr.CurrentOf current) {
            return "current of " + current.cursor();
        }
        throw new IllegalArgumentException("no way to print " + expr);
    }

    private static String call(Expr.Call call) {
        return Name.join(call.name()) + "(" + (call.distinct() ? "distinct " : "") + (call.star() ? "*" : "")
                + list(
                        call.arguments(),
                        a -> (a.variadic() ? "variadic " : "")
                                + (a.name() == null ? "" : a.name() + " => ")
                                + expr(a.value()))
                + list(" order by ", call.orderBy(), SqlPrinter::order) + ")"
                + (call.withinGroup().isEmpty()
                        ? ""
                        : " within group (order by " + list(call.withinGroup(), SqlPrinter::order) + ")")
                + (call.filter() == null ? "" : " filter (where " + expr(call.filter()) + ")")
                + (call.over() == null ? "" : " over " + window(call.over()));
    }

    private static String literal(Expr.Literal literal) {
        return literal.kind() == Expr.LiteralKind.STRING ? string(literal.text()) : literal.text();
    }

    private static String string(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A JDBC text doubles the question marks of operators. */
    private static String operator(String operator) {
        return operator.replace("?", "??");
    }

    private static String type(TypeName type) {
        String name = type.name();
        if (!type.modifiers().isEmpty()) {
            String modifiers = "(" + String.join(", ", type.modifiers()) + ")";
            int zone = name.indexOf(" with");
            name = zone < 0 ? name + modifiers : name.substring(0, zone) + modifiers + name.substring(zone);
        }
        return (type.setOf() ? "setof " : "") + name + "[]".repeat(type.dimensions());
    }

    private static String not(boolean negated) {
        return negated ? " not" : "";
    }

    private static String clause(String before, @Nullable Expr expr) {
        return expr == null ? "" : before + expr(expr);
    }

    private static <T> String list(List<T> items, Function<T, String> print) {
        return items.stream().map(print).collect(Collectors.joining(", "));
    }

    private static <T extends Node> String list(String before, List<T> items, Function<T, String> print) {
        return items.isEmpty() ? "" : before + list(items, print);
    }
}
