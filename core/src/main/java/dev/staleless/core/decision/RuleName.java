package dev.staleless.core.decision;

/** The rules of the {@link Decision}: each is a reason for which a change does not matter. */
public enum RuleName {
    /** An UPDATE changes no column that the query reads. */
    UNREAD_COLUMNS,
    /** The row cannot satisfy the condition of the occurrence. */
    OUTSIDE_ROWS,
    /** No row refers to the row, over a foreign key over which one would have to. */
    UNREFERRED,
    /** The row that it needs in order to take part has gone before. */
    ORPHANED,
    /** An UPDATE writes the values that the cached rows show already. */
    SAME_VALUES,
    /** An UPDATE changes values that are only shown, of a row that is not shown. */
    UNSEEN_ROW,
    /** A row leaves that is not shown, from a result that begins with its first row. */
    UNSEEN_LEAVES,
    /** A row comes that can only keep rows out which are not shown. */
    BARS_UNSEEN,
    /** An UPDATE changes columns that stand in conditions only, which are as true as before. */
    SAME_TRUTH,
    /** An UPDATE changes what lets no row in: a row that is not shown in a whole result stays outside. */
    STAYS_OUTSIDE,
    /** An UPDATE of a row that stays before the first of a page. */
    BEFORE_PAGE,
    /** An UPDATE that moves a value within the least and the greatest of every group. */
    WITHIN_GROUPS,
    /** The row only adds to rows that are not shown. */
    BESIDE_UNSEEN,
    /** The row sorts after the last row of a full page. */
    AFTER_PAGE,
    /** A row comes while it is known that there is one, or leaves while it is known that there is none. */
    ALREADY_KNOWN,
    /** The row's values lie within the least and the greatest that the result tells. */
    WITHIN_EXTREMES
}
