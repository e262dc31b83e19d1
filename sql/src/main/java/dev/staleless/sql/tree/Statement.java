package dev.staleless.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A whole statement. */
public sealed interface Statement extends Node permits Query, Statement.Dml, Statement.Other {

    /** A statement that changes the rows of one table, or of several at once. */
    sealed interface Dml extends Statement {}

    /**
     * INSERT.
     *
     * @param columns empty if none are named
     * @param overriding {@code system}, {@code user} or empty
     * @param source null for DEFAULT VALUES
     */
    record Insert(
            @Nullable With with,
            TableRef.Table target,
            List<Target> columns,
            String overriding,
            @Nullable Query source,
            @Nullable OnConflict onConflict,
            List<Query.Item> returning)
            implements Dml {
        public Insert {
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, with, target);
            columns.forEach(action);
            Node.each(action, source, onConflict);
            returning.forEach(action);
        }
    }

    /** A column that gets a value, or a part of it: {@code a[1]}, {@code a.b}. */
    record Target(Name column, List<Expr> subscripts, List<Name> fields) implements Node {
        public Target {
            subscripts = List.copyOf(subscripts);
            fields = List.copyOf(fields);
        }

        /** Whether only a part of the column is assigned. */
        public boolean partial() {
            return !subscripts.isEmpty() || !fields.isEmpty();
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            subscripts.forEach(action);
        }
    }

    /**
     * ON CONFLICT.
     *
     * @param keys the expressions of the inferred index
     * @param constraint null without ON CONSTRAINT
     * @param assignments empty for DO NOTHING
     */
    record OnConflict(
            List<Expr> keys,
            @Nullable Expr keysWhere,
            @Nullable Name constraint,
            List<Assignment> assignments,
            @Nullable Expr where)
            implements Node {
        public OnConflict {
            keys = List.copyOf(keys);
            assignments = List.copyOf(assignments);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            keys.forEach(action);
            Node.each(action, keysWhere);
            assignments.forEach(action);
            Node.each(action, where);
        }
    }

    /**
     * {@code a = e} or {@code (a, b) = (e, f)}.
     *
     * @param row whether the targets stand in parentheses
     */
    record Assignment(List<Target> targets, boolean row, Expr value) implements Node {
        public Assignment {
            targets = List.copyOf(targets);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            targets.forEach(action);
            action.accept(value);
        }
    }

    /** UPDATE. */
    record Update(
            @Nullable With with,
            TableRef.Table target,
            List<Assignment> assignments,
            List<TableRef> from,
            @Nullable Expr where,
            List<Query.Item> returning)
            implements Dml {
        public Update {
            assignments = List.copyOf(assignments);
            from = List.copyOf(from);
            returning = List.copyOf(returning);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, with, target);
            assignments.forEach(action);
            from.forEach(action);
            Node.each(action, where);
            returning.forEach(action);
        }
    }

    /** DELETE. */
    record Delete(
            @Nullable With with,
            TableRef.Table target,
            List<TableRef> using,
            @Nullable Expr where,
            List<Query.Item> returning)
            implements Dml {
        public Delete {
            using = List.copyOf(using);
            returning = List.copyOf(returning);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, with, target);
            using.forEach(action);
            Node.each(action, where);
            returning.forEach(action);
        }
    }

    /**
     * A change of which only the tables are told: any of their rows may go, come, or get other values.
     *
     * @param targets the tables that are changed
     * @param from what its expressions can name, the targets included; empty if they name nothing but these
     * @param parts its expressions and queries
     */
    record Coarse(@Nullable With with, List<TableRef.Table> targets, List<TableRef> from, List<Node> parts)
            implements Dml {
        public Coarse {
            targets = List.copyOf(targets);
            from = List.copyOf(from);
            parts = List.copyOf(parts);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, with);
            (from.isEmpty() ? targets : from).forEach(action);
            parts.forEach(action);
        }
    }

    /**
     * A change of some of the rows that its condition is true for.
     *
     * @param limits ORDER BY and LIMIT
     */
    record Limited(Dml change, List<Node> limits) implements Dml {
        public Limited {
            limits = List.copyOf(limits);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(change);
            limits.forEach(action);
        }
    }

    /** TRUNCATE. */
    record Truncate(List<TableRef.Table> tables, boolean restartIdentity, boolean cascade) implements Dml {
        public Truncate {
            tables = List.copyOf(tables);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            tables.forEach(action);
        }
    }

    /** MERGE. */
    record Merge(
            @Nullable With with,
            TableRef.Table target,
            TableRef source,
            Expr on,
            List<MergeWhen> whens,
            List<Query.Item> returning)
            implements Dml {
        public Merge {
            whens = List.copyOf(whens);
            returning = List.copyOf(returning);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, with, target, source, on);
            whens.forEach(action);
            Node.each(action, returning.toArray(Node[]::new));
        }
    }

    /**
     * A WHEN of MERGE.
     *
     * @param match {@code matched}, {@code not matched}, {@code not matched by source} ..
     * @param action {@code update}, {@code delete}, {@code insert} or {@code do nothing}
     * @param columns of an insert
     * @param values of an insert; null for DEFAULT VALUES and the other actions
     */
    record MergeWhen(
            String match,
            @Nullable Expr condition,
            String action,
            List<Assignment> assignments,
            List<Target> columns,
            String overriding,
            Expr.@Nullable Row values)
            implements Node {
        public MergeWhen {
            assignments = List.copyOf(assignments);
            columns = List.copyOf(columns);
        }

        @Override
        public void forEachChild(Consumer<? super Node> consumer) {
            Node.each(consumer, condition);
            assignments.forEach(consumer);
            columns.forEach(consumer);
            Node.each(consumer, values);
        }
    }

    /** A statement of which only the kind is known; its parameters are all {@code parameters} of the text. */
    record Other(OtherKind kind, int parameters) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** What a statement that is not parsed does. */
    enum OtherKind {
        BEGIN,
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        RELEASE_SAVEPOINT,
        ROLLBACK_TO_SAVEPOINT,
        /** PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED. */
        TWO_PHASE,
        /** SET, RESET, DISCARD and SET TRANSACTION: changes the session or the transaction. */
        SET,
        SHOW,
        /** EXPLAIN without ANALYZE. */
        EXPLAIN,
        CALL,
        DO,
        COPY,
        /** CREATE, ALTER, DROP, COMMENT, GRANT, REVOKE and the like. */
        DDL,
        LOCK,
        /** VACUUM, ANALYZE, CHECKPOINT: changes no visible row. */
        MAINTENANCE,
        /** LISTEN, NOTIFY, UNLISTEN. */
        NOTIFY,
        /** PREPARE, EXECUTE, DEALLOCATE. */
        PREPARED,
        /** DECLARE, FETCH, MOVE, CLOSE. */
        CURSOR,
        UNKNOWN
    }
}
