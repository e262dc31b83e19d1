/**
 * Trees to templates: names are resolved with the catalog, conditions are collected for each occurrence of a table, and
 * what makes a result depend on more than tables and parameters is found. Internal to the module.
 */
@NullMarked
package dev.staleless.sql.analysis;

import org.jspecify.annotations.NullMarked;
