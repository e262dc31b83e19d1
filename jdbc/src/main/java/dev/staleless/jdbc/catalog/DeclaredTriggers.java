package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalog source to whose tables it was declared what their triggers change. */
public final class DeclaredTriggers implements CatalogSource {

    private final CatalogSource source;
    private final Map<TableName, TriggerEffects> declared;

    private DeclaredTriggers(CatalogSource source, Map<TableName, TriggerEffects> declared) {
        this.source = source;
        this.declared = Map.copyOf(declared);
    }

    /** The source with these declarations. */
    public static CatalogSource on(CatalogSource source, Map<TableName, TriggerEffects> declared) {
        return declared.isEmpty() ? source : new DeclaredTriggers(source, declared);
    }

    @Override
    public Catalog current() {
        return new Declared(source.current(), declared);
    }

    @Override
    public Catalog current(List<String> searchPath) {
        return new Declared(source.current(searchPath), declared);
    }

    @Override
    public long schemaVersion() {
        return source.schemaVersion();
    }

    @Override
    public Catalog refresh() {
        return new Declared(source.refresh(), declared);
    }

    private record Declared(Catalog catalog, Map<TableName, TriggerEffects> declared) implements Catalog {
        @Override
        public long version() {
            return catalog.version();
        }

        @Override
        public @Nullable Table resolve(@Nullable String schema, String name) {
            return catalog.resolve(schema, name);
        }

        @Override
        public @Nullable Table table(TableName name) {
            return catalog.table(name);
        }

        @Override
        public Collection<Table> tables() {
            return catalog.tables();
        }

        @Override
        public @Nullable TriggerEffects triggerEffects(TableName table) {
            return declared.get(table);
        }

        @Override
        public boolean isUserFunction(String name) {
            return catalog.isUserFunction(name);
        }
    }
}
