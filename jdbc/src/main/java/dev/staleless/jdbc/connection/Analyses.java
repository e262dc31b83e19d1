package dev.staleless.jdbc.connection;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.sql.Analysis;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a statement is in the session that it runs in. */
final class Analyses {
    private Analyses() {}

    /**
     * What a statement is. What names tables is read with the session's search path; the session is not asked for it before a
     * statement that has to come first in its transaction (SET TRANSACTION) or may be the way out of a failed one.
     *
     * @return for a session whose state is not known, what may write counts as a change of everything
     */
    static Analysis of(LogicalConnection connection, String sql) throws SQLException {
        connection.used();
        Front front = connection.front();
        Defaults defaults = front.defaults();
        if (defaults == null && !front.isForeign()) {
            connection.borrow();
            defaults = front.defaults();
        }
        // before the catalog is asked for, which is of this version or newer then
        connection.transaction().analysedUnder(front.wiring.catalogs().schemaVersion());
        List<String> assumed = defaults == null ? List.of() : defaults.session().searchPath();
        Analysis analysis = front.wiring.analyser().analyse(sql, front.catalog(assumed));
        boolean believed = !(analysis instanceof Analysis.Read || analysis instanceof Analysis.Write);
        boolean escapes = sql.indexOf('\\') >= 0;
        boolean elsewhere = connection.hasChosenPath() && mayNameOtherTables(analysis) || mayChangeItsOwn(analysis);
        if (believed && !escapes && !elsewhere) {
            return analysis;
        }
        SessionState session = connection.session();
        if (believed && (session == null || session.uncacheable() != null)) {
            // where a backslash escapes, strings end elsewhere, and what seemed to be in one may be a statement
            return escapes ? everything(analysis, "a backslash") : analysis;
        }
        if (session == null) {
            return withoutCache(analysis, "the state of the session is not known");
        }
        String why = session.uncacheable();
        if (why != null) {
            return withoutCache(analysis, why);
        }
        boolean asAssumed =
                session.searchPath().equals(assumed) && session.temporary().isEmpty();
        return trusted(
                asAssumed ? analysis : front.wiring.analyser().analyse(sql, catalog(front, session)),
                session.semiJoins());
    }

    /** Whether it is not understood because tables are not known that may be in another schema. */
    private static boolean mayNameOtherTables(Analysis analysis) {
        return analysis instanceof Analysis.Uncached || mayChangeItsOwn(analysis);
    }

    /** Whether the table that it changes may be a temporary one, which the session's state tells. */
    private static boolean mayChangeItsOwn(Analysis analysis) {
        return analysis instanceof Analysis.Everything everything && everything.cause() == Analysis.Cause.SIDE_EFFECTS;
    }

    private static Catalog catalog(Front front, SessionState session) {
        List<String> path = session.searchPath();
        return front.temporaryTables.before(front.catalog(path), session.temporary(), path);
    }

    private static Analysis trusted(Analysis analysis, @Nullable String doubt) {
        return doubt != null && analysis instanceof Analysis.Read read && read.semiJoin()
                ? new Analysis.Uncached(read.sql(), doubt)
                : analysis;
    }

    private static Analysis withoutCache(Analysis analysis, String why) {
        return analysis instanceof Analysis.Read
                ? new Analysis.Uncached(analysis.sql(), why)
                : everything(analysis, why);
    }

    private static Analysis everything(Analysis analysis, String why) {
        return new Analysis.Everything(analysis.sql(), Analysis.Cause.SIDE_EFFECTS, why);
    }
}
