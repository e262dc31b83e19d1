package dev.staleless.benchmarks.differential;

/**
 * A column.
 *
 * @param computed whether no statement may write it
 * @param required whether it is NOT NULL without a default
 */
record FuzzColumn(String name, FuzzType type, boolean computed, boolean required) {

    Family family() {
        return type.family();
    }
}
