package dev.staleless.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code WITH [RECURSIVE] ..}. */
public record With(boolean recursive, List<Cte> ctes) implements Node {

    public With {
        ctes = List.copyOf(ctes);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        ctes.forEach(action);
    }

    /**
     * A common table expression.
     *
     * @param materialized null if not said
     */
    public record Cte(
            Name name, List<Name> columns, @Nullable Boolean materialized, Statement statement) implements Node {
        public Cte {
            columns = List.copyOf(columns);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(statement);
        }
    }
}
