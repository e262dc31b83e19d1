package dev.staleless.sql.parse;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Window definitions. */
final class WindowParser {

    private static final Set<String> NO_REFERENCE = Set.of("partition", "order", "range", "rows", "groups");

    private final Grammar grammar;
    private final TokenCursor cursor;

    WindowParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** What stands behind WINDOW. */
    List<Window.Named> named() {
        List<Window.Named> windows = new ArrayList<>();
        do {
            Name name = grammar.names().column();
            cursor.expect("as");
            windows.add(new Window.Named(name, window()));
        } while (cursor.acceptSymbol(","));
        return windows;
    }

    /** A definition in parentheses. */
    Window window() {
        cursor.expectSymbol("(");
        Name reference = null;
        if (NameParser.isColumn(cursor.peek())
                && !NO_REFERENCE.contains(cursor.peek().word())) {
            reference = grammar.names().column();
        }
        List<Expr> partitionBy =
                cursor.accept("partition", "by") ? grammar.expressions().list() : List.of();
        List<OrderItem> orderBy = grammar.queries().orderBy();
        Window.Frame frame = frame();
        cursor.expectSymbol(")");
        return new Window(reference, true, partitionBy, orderBy, frame);
    }

    private Window.@Nullable Frame frame() {
        if (!cursor.isWord("range") && !cursor.isWord("rows") && !cursor.isWord("groups")) {
            return null;
        }
        String unit = cursor.next().word();
        Window.Bound start;
        Window.Bound end = null;
        if (cursor.accept("between")) {
            start = bound();
            cursor.expect("and");
            end = bound();
        } else {
            start = bound();
        }
        return new Window.Frame(unit, start, end, exclusion());
    }

    private String exclusion() {
        if (!cursor.accept("exclude")) {
            return "";
        }
        if (cursor.accept("current", "row")) {
            return "current row";
        }
        if (cursor.accept("no", "others")) {
            return "no others";
        }
        return cursor.expectOneOf("group", "ties");
    }

    private Window.Bound bound() {
        if (cursor.accept("current", "row")) {
            return new Window.Bound("current row", null);
        }
        if (cursor.accept("unbounded")) {
            return new Window.Bound("unbounded " + cursor.expectOneOf("preceding", "following"), null);
        }
        Expr offset = grammar.expressions().expression();
        return new Window.Bound(cursor.expectOneOf("preceding", "following"), offset);
    }
}
