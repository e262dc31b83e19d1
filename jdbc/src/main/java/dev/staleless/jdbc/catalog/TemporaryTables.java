package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Catalogs as sessions with temporary tables see them: a name means the session's own table, if there is one, before any other.
 * Of such a table nothing is known but that nobody else sees it. Safe for any thread.
 */
public final class TemporaryTables {

    /** Past so many, none is remembered: a session has a few, and their names are those of a few statements. */
    private static final int MAX_REMEMBERED = 256;

    /** No schema is called so, and no table there is cached. */
    private static final String SCHEMA = "#temporary";

    private final Map<Seen, Catalog> remembered = new ConcurrentHashMap<>();

    private record Seen(long version, Set<TableName> hidden, List<String> searchPath) {}

    /**
     * A catalog in which those tables hide others.
     *
     * @param catalog as it is without them, for the search path
     * @param searchPath where names without a schema are looked for
     */
    public Catalog before(Catalog catalog, Set<TableName> temporary, List<String> searchPath) {
        if (temporary.isEmpty()) {
            return catalog;
        }
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(
                new Seen(catalog.version(), temporary, searchPath),
                seen -> new Hiding(catalog, seen.hidden(), seen.searchPath(), CatalogReader.nextVersion()));
    }

    private record Hiding(Catalog all, Set<TableName> hidden, List<String> searchPath, long version)
            implements Catalog {

        @Override
        public @Nullable Table resolve(@Nullable String schema, String name) {
            if (schema != null) {
                return hidden.contains(new TableName(schema, name)) ? temporary(name) : all.resolve(schema, name);
            }
            boolean own = searchPath.stream().anyMatch(each -> hidden.contains(new TableName(each, name)));
            return own ? temporary(name) : all.resolve(null, name);
        }

        private static Table temporary(String name) {
            return new Table(
                    new TableName(SCHEMA, name),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Set.of(Table.Trait.TEMPORARY),
                    null,
                    Set.of());
        }

        /** Tables that the others are connected with by the database itself, which looks at no temporary ones. */
        @Override
        public @Nullable Table table(TableName name) {
            return all.table(name);
        }

        @Override
        public Collection<Table> tables() {
            return all.tables();
        }

        @Override
        public boolean isUserFunction(String name) {
            return all.isUserFunction(name);
        }
    }
}
