package dev.staleless.integration.corpus;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.ChangeTemplate;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.SqlAnalyser;
import java.lang.reflect.RecordComponent;
import java.util.Collection;

/** What the analyser makes of a statement. */
enum Understanding {
    /** A cacheable query: every part of the conditions of its tables is known. */
    EXACT_QUERY,
    /** A cacheable query: of some table's condition a part may be true or false. */
    COARSE_QUERY,
    /** A change: the changed rows are told by its text, or by their images. */
    EXACT_CHANGE,
    /** A change: of some table any row may have changed, or a change of everything for a known reason. */
    COARSE_CHANGE,
    /** Changes nothing and is not cached: locks, sequences, clocks, the session's settings. */
    PASSED_THROUGH,
    /** Never cached, and a change of everything if it may write. */
    NOT_UNDERSTOOD;

    boolean isCacheable() {
        return this == EXACT_QUERY || this == COARSE_QUERY;
    }

    boolean isExact() {
        return this == EXACT_QUERY || this == EXACT_CHANGE;
    }

    boolean isCoarse() {
        return this == COARSE_QUERY || this == COARSE_CHANGE;
    }

    static Understanding of(String sql, SqlAnalyser analyser, Catalog catalog) {
        Analysis analysis = analyser.analyse(sql, catalog);
        if (analysis instanceof Analysis.Read read) {
            boolean open =
                    read.template().uses().stream().map(TableUse::condition).anyMatch(Understanding::isOpen);
            return open ? COARSE_QUERY : EXACT_QUERY;
        }
        if (analysis instanceof Analysis.Write write) {
            return isExact(write.changes()) ? EXACT_CHANGE : COARSE_CHANGE;
        }
        if (analysis instanceof Analysis.Everything everything) {
            return everything.cause() == Analysis.Cause.UNKNOWN ? NOT_UNDERSTOOD : COARSE_CHANGE;
        }
        return analysis instanceof Analysis.Uncached uncached && isUnknown(uncached.reason())
                ? NOT_UNDERSTOOD
                : PASSED_THROUGH;
    }

    /** Reasons of the parser name a token and what it expected; the others are about what was understood. */
    private static boolean isUnknown(String reason) {
        return reason.contains("not understood")
                || reason.contains("expected")
                || reason.contains("unexpected")
                || reason.contains("is unknown");
    }

    private static boolean isExact(ChangeTemplate changes) {
        boolean imaged = changes.images(RowImages.Returning.BOTH) != null;
        return changes.events(Parameters.NONE).stream().allMatch(event -> isExact(event, imaged));
    }

    private static boolean isExact(ChangeEvent event, boolean imaged) {
        return switch (event.kind()) {
            case INSERT -> imaged || !event.after().values().isEmpty();
            case UPDATE, DELETE -> imaged;
            case TRUNCATE -> true;
            case ANY -> false;
        };
    }

    /** Whether something in a condition is not known: looked for in every component of its records. */
    private static boolean isOpen(Object part) {
        if (part instanceof Condition.Opaque || part instanceof Operand.Unknown) {
            return true;
        }
        if (part instanceof Collection<?> parts) {
            return parts.stream().anyMatch(Understanding::isOpen);
        }
        if (!(part instanceof Condition || part instanceof Operand || part instanceof Operand.Branch)) {
            return false;
        }
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            try {
                if (isOpen(component.getAccessor().invoke(part))) {
                    return true;
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return false;
    }
}
