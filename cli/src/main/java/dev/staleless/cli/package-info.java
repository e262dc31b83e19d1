/**
 * The command line, {@code ./staleless}: one class per subcommand, registered in {@link dev.staleless.cli.Main}.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something this machine lacks.
 */
@NullMarked
package dev.staleless.cli;

import org.jspecify.annotations.NullMarked;
