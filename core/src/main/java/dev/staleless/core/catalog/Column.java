package dev.staleless.core.catalog;

import dev.staleless.core.value.ColumnType;

/**
 * A column of a table.
 *
 * @param name as the catalog spells it
 * @param nullable whether it may hold NULL
 * @param hasDefault whether an INSERT that omits it stores something else than NULL, or something not known
 * @param computed whether the database itself may change its value in an UPDATE that does not name it (generated column,
 *     ON UPDATE default)
 */
public record Column(String name, ColumnType type, boolean nullable, boolean hasDefault, boolean computed) {}
