package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sources that a block's expressions can name, those of the blocks around it included. */
final class Scope {

    private final @Nullable Scope outer;
    private final SqlDialect dialect;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Optional<Resolved>> merged = new HashMap<>();
    private List<Condition> facts = List.of();

    Scope(@Nullable Scope outer) {
        this(outer, outer == null ? SqlDialect.POSTGRESQL : outer.dialect);
    }

    /** A scope with nothing around it. */
    static Scope outermost(SqlDialect dialect) {
        return new Scope(null, dialect);
    }

    private Scope(@Nullable Scope outer, SqlDialect dialect) {
        this.outer = outer;
        this.dialect = dialect;
    }

    /** Whether functions and operators are PostgreSQL's. */
    boolean isPostgres() {
        return dialect == SqlDialect.POSTGRESQL;
    }

    /** Whether rows with a NULL in them are compared as the standard says: in H2 they may be unknown where fields differ. */
    boolean comparesRowsByFields() {
        return dialect != SqlDialect.H2;
    }

    @Nullable
    Scope outer() {
        return outer;
    }

    /**
     * Keeps the conditions that a combination of this block's rows must meet to take part. A sub-query of the block that
     * stands behind FROM matters for such combinations only: for others WHERE is not true, whatever the sub-query gives.
     */
    void know(List<Condition> conditions) {
        facts = List.copyOf(conditions);
    }

    /** What is known of the rows of this block and those around it for which a sub-query matters. */
    List<Condition> facts() {
        if (outer == null) {
            return facts;
        }
        List<Condition> all = new ArrayList<>(facts);
        all.addAll(outer.facts());
        return all;
    }

    void add(Source source) {
        sources.add(source);
    }

    /** This scope, with one arm of a set operation in the place of the whole. */
    Scope inArm(Source.Derived derived, int arm) {
        Scope scope = new Scope(outer, dialect);
        for (Source source : sources) {
            scope.add(source == derived ? derived.inArm(arm) : source);
        }
        scope.merged.putAll(merged);
        scope.facts = facts;
        return scope;
    }

    /** Says what a name means that USING merges; nothing, if that is not a column of one of the tables. */
    void merge(String name, Optional<Resolved> column) {
        merged.put(name, column);
    }

    /** Takes sources out that an alias of the whole join hides. */
    void hide(List<Source> hidden) {
        sources.removeAll(hidden);
    }

    List<Source> sources() {
        return sources;
    }

    /** A column of a table occurrence. */
    record Resolved(Source.Base source, Column column) {
        Operand.Column operand() {
            return new Operand.Column(source.index(), column.name(), column.type());
        }
    }

    /** The table column that a reference surely names; null if it names something else or it is not sure what. */
    @Nullable
    Resolved resolve(Expr.Column reference) {
        List<Name> parts = reference.parts();
        String column = parts.get(parts.size() - 1).text();
        return switch (parts.size()) {
            case 1 -> unqualified(column);
            case 2 -> qualified(parts.get(0).text(), column);
            case 3 -> withSchema(parts.get(0).text(), parts.get(1).text(), column);
            default -> null;
        };
    }

    /** {@code schema.table.column}: only a table that has no other alias is named like that. */
    private @Nullable Resolved withSchema(String schema, String table, String name) {
        Source source = byAlias(table);
        if (source instanceof Source.Base base
                && base.table().name().schema().equals(schema)
                && base.table().name().name().equals(table)) {
            return in(base, name);
        }
        return null;
    }

    private @Nullable Resolved unqualified(String name) {
        Optional<Resolved> one = merged.get(name);
        if (one != null) {
            return one.orElse(null);
        }
        Source found = null;
        for (Source source : sources) {
            if (mayHave(source, name)) {
                if (found != null) {
                    return null; // ambiguous, or merged by USING
                }
                found = source;
            }
        }
        if (found == null) {
            return outer == null ? null : outer.unqualified(name);
        }
        return in(found, name);
    }

    private @Nullable Resolved qualified(String alias, String name) {
        Source source = byAlias(alias);
        return source == null ? null : in(source, name);
    }

    /** The source of this alias that is nearest. */
    @Nullable
    Source byAlias(String alias) {
        for (Source source : sources) {
            if (source.alias().equals(alias)) {
                return source;
            }
        }
        return outer == null ? null : outer.byAlias(alias);
    }

    static boolean mayHave(Source source, String name) {
        if (source instanceof Source.Derived derived) {
            return derived.mayHave(name);
        }
        if (source instanceof Source.Base base) {
            return base.renamed() || base.table().column(name) != null || SystemColumns.contains(name);
        }
        Source.Other other = (Source.Other) source;
        return other.columns() == null || other.columns().contains(name);
    }

    static @Nullable Resolved in(Source source, String name) {
        if (source instanceof Source.Derived derived) {
            return derived.resolve(name);
        }
        if (!(source instanceof Source.Base base) || base.renamed()) {
            return null;
        }
        Column column = base.table().column(name);
        return column == null ? null : new Resolved(base, column);
    }
}
