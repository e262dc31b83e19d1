package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One reading of a catalog, as seen through any search path. */
final class SearchPaths {

    /** Applications use a few search paths; past this many, one is remembered no more. */
    private static final int MAX_REMEMBERED = 64;

    private final Catalog asRead;
    private final Map<List<String>, Catalog> views = new ConcurrentHashMap<>();

    SearchPaths(Catalog asRead) {
        this.asRead = asRead;
    }

    Catalog asRead() {
        return asRead;
    }

    Catalog within(List<String> searchPath) {
        if (!(asRead instanceof SearchedCatalog catalog) || catalog.searches(searchPath)) {
            return asRead;
        }
        Catalog view = views.get(searchPath);
        if (view != null) {
            return view;
        }
        if (views.size() >= MAX_REMEMBERED) {
            views.clear();
        }
        return views.computeIfAbsent(
                List.copyOf(searchPath), path -> catalog.within(path, CatalogReader.nextVersion()));
    }
}
