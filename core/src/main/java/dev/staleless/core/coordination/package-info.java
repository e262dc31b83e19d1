/** How nodes agree: watch, versions in force, directory, epoch. */
@NullMarked
package dev.staleless.core.coordination;

import org.jspecify.annotations.NullMarked;
