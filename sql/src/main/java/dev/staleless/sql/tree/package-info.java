/**
 * What a statement says, as a tree of immutable records without positions. A tree never leaves the module. Every node
 * tells its children, so that no part of a statement can be overlooked by a walk over the tree; {@code equals} is
 * structural.
 */
@NullMarked
package dev.staleless.sql.tree;

import org.jspecify.annotations.NullMarked;
