package dev.staleless.core.protocol;

/** Whether results of a query are cached even where that takes more time than it saves. */
public enum Admission {
    /** What is measured decides, for each query text by itself: one that costs more than it saves is left to the database. */
    ADAPTIVE,
    /** They are cached, whatever is measured. */
    ALWAYS
}
