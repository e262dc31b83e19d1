package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in for a catalog that could not be read: no name means anything, every function may be anybody's. */
record UnknownCatalog(long version) implements Catalog {

    @Override
    public @Nullable Table resolve(@Nullable String schema, String name) {
        return null;
    }

    @Override
    public @Nullable Table table(TableName name) {
        return null;
    }

    @Override
    public Collection<Table> tables() {
        return List.of();
    }

    @Override
    public boolean isUserFunction(String name) {
        return true;
    }
}
