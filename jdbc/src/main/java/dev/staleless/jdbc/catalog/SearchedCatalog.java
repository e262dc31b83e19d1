package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import java.util.List;

/** A reading of a catalog in which unqualified names are looked for along a search path. */
interface SearchedCatalog extends Catalog {

    /** Whether this is its search path. */
    boolean searches(List<String> path);

    /** The same reading with another search path. */
    Catalog within(List<String> path, long newVersion);
}
