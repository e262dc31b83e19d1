package dev.staleless.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is expected to fail out of the log. */
final class Quiet {

    private Quiet() {}

    /** From now on only errors are logged. */
    static void log() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.ERROR);
            root.getLoggerContext().getLoggerList().forEach(logger -> {
                if (logger.getLevel() != null) {
                    logger.setLevel(Level.ERROR);
                }
            });
        }
    }
}
