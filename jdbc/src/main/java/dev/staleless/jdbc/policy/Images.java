package dev.staleless.jdbc.policy;

/** When the images of changed rows are fetched from the database, along with the statement that changes them. */
public enum Images {
    /** Where they tell more than the statement does, as long as they cost little: measured for each statement. */
    AUTO,
    /** Wherever nobody can notice it. */
    ALWAYS,
    /** Not at all: what is changed is told by statements and their parameters alone. */
    NEVER
}
