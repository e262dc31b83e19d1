package dev.staleless.benchmarks.differential;

import java.util.List;
import java.util.Set;

/** The SQL of one database, as far as the grammar differs between databases. */
interface Target {

    /** As the command line names it. */
    String name();

    Set<Feature> features();

    /** Types of ordinary columns; the more often a type stands in it, the more often it is used. */
    List<FuzzType> types();

    /** The type of most keys: whole numbers. */
    FuzzType keyType();

    /** Types of keys that are one column; the more often a type stands in it, the more often it is used. */
    List<FuzzType> keyTypes();

    /** Statements that remove everything. */
    List<String> reset();

    /** A name in quotes. */
    default String quoted(String name) {
        return '"' + name + '"';
    }

    /**
     * What has to be there before any table, in the schema that is current.
     *
     * @param ddl that follows
     */
    default List<String> prelude(String ddl) {
        return List.of();
    }

    /** The type with which a column that is generated from one of this type is declared. */
    String generatedType(FuzzType type);

    /** What follows the type of a generated column, from INTEGER column {@code i0} or TEXT column {@code s0}. */
    String generated(FuzzColumn from);

    /** Statements that make a trigger on the table, which has an INTEGER column of that name. */
    List<String> trigger(String name, String table, String column);
}
