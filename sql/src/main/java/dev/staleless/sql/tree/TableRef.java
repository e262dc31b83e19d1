package dev.staleless.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that stands in FROM. */
public sealed interface TableRef extends Node {

    /**
     * {@code AS t (a, b)}.
     *
     * @param columns new names of the first columns
     */
    record Alias(Name name, List<Name> columns) {
        public Alias {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A table, view or common table expression.
     *
     * @param sample null without TABLESAMPLE
     */
    record Table(
            List<Name> name,
            boolean only,
            @Nullable Alias alias,
            @Nullable Sample sample) implements TableRef {
        public Table {
            name = List.copyOf(name);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, sample);
        }
    }

    /** {@code TABLESAMPLE m (..) REPEATABLE (..)}. */
    record Sample(
            List<Name> method,
            List<Expr> arguments,
            @Nullable Expr seed) implements Node {
        public Sample {
            method = List.copyOf(method);
            arguments = List.copyOf(arguments);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            arguments.forEach(action);
            Node.each(action, seed);
        }
    }

    /** {@code (SELECT ..) AS t}. */
    record Derived(Query query, boolean lateral, @Nullable Alias alias) implements TableRef {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(query);
        }
    }

    /**
     * {@code f(..) AS t} or {@code ROWS FROM (..)}.
     *
     * @param definitions the types of {@code AS t (a int)}, as many as the alias has columns, or none
     */
    record Function(
            List<Expr> calls,
            boolean rowsFrom,
            boolean lateral,
            boolean ordinality,
            @Nullable Alias alias,
            List<TypeName> definitions)
            implements TableRef {
        public Function {
            calls = List.copyOf(calls);
            definitions = List.copyOf(definitions);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            calls.forEach(action);
        }
    }

    /** How a join keeps rows without partner. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS
    }

    /**
     * A join.
     *
     * @param using the columns of USING; empty without
     * @param alias of a join in parentheses
     */
    record Join(
            JoinKind kind,
            boolean natural,
            TableRef left,
            TableRef right,
            @Nullable Expr on,
            List<Name> using,
            @Nullable Name usingAlias,
            @Nullable Alias alias)
            implements TableRef {
        public Join {
            using = List.copyOf(using);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, left, right, on);
        }
    }
}
