package dev.staleless.sql.analysis;

import dev.staleless.sql.analysis.QueryAnalysis.FromItem;
import dev.staleless.sql.tree.TableRef;
import org.jspecify.annotations.Nullable;

/**
 * Where in its block's FROM a table occurrence stands.
 *
 * @param kind what becomes of combinations without a row of it
 * @param join for {@link Kind#FILLED}: the outer join
 * @param side for {@link Kind#FILLED}: the side of it that is filled with NULLs
 */
record Standing(
        Kind kind, TableRef.@Nullable Join join, @Nullable FromItem side) {

    enum Kind {
        /** Every combination has a row of it. */
        INNER,
        /** One outer join may fill it with NULLs, and is as it is whatever stands around it. */
        FILLED,
        /** Filled by several joins or by a full one. */
        OTHER
    }

    static final Standing INNER = new Standing(Kind.INNER, null, null);
    static final Standing OTHER = new Standing(Kind.OTHER, null, null);

    /** That of what stands on the side which an outer join fills. */
    Standing filledBy(TableRef.Join outer, FromItem filled) {
        return kind == Kind.INNER ? new Standing(Kind.FILLED, outer, filled) : OTHER;
    }
}
