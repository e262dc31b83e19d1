package dev.staleless.jdbc.computed;

import dev.staleless.core.query.Query;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a thread uses and has not closed: what they have changed and not committed is for this thread's eyes. A value
 * that was computed without it must not be served to it, nor one that was computed with it be kept.
 */
public final class OpenConnections {

    /** A connection, as the thread that uses it sees it. Compared by identity. */
    public interface Member {

        /** Whether it is closed, or nothing is known of it any more. */
        boolean isOver();

        /** Whether a transaction of it has changed something, and has not ended. */
        boolean hasWritten();

        /** Whether what it has changed so far can affect a query. */
        boolean affects(Query query);

        /** Whether it holds a connection of the pool, which others may wait for. */
        boolean holdsConnection();

        /** Whether it is in a transaction that sees a state of the database of its own, or must be seen as having read one. */
        boolean isStrict() throws SQLException;
    }

    private static final ThreadLocal<@Nullable Set<Member>> OPEN = new ThreadLocal<>();

    private OpenConnections() {}

    /** This thread uses a connection. */
    public static void use(Member member) {
        Set<Member> open = OPEN.get();
        if (open == null) {
            open = Collections.newSetFromMap(new WeakHashMap<>());
            OPEN.set(open);
        }
        open.add(member);
    }

    /** A connection was closed, on whichever thread. */
    public static void closed(Member member) {
        Set<Member> open = OPEN.get();
        if (open != null) {
            open.remove(member);
            if (open.isEmpty()) {
                OPEN.remove();
            }
        }
    }

    /** Why no value of these queries may be served to this thread; null if it may. */
    static @Nullable String barrier(List<Query> queries) {
        for (Member member : members()) {
            if (isStrict(member)) {
                return "a transaction of this thread is stricter than READ COMMITTED";
            }
            for (Query query : queries) {
                if (member.hasWritten() && member.affects(query)) {
                    return "a transaction of this thread has changed what it is computed from";
                }
            }
        }
        return null;
    }

    /** Whether a transaction of this thread has changed something. */
    static boolean haveWritten() {
        return members().stream().anyMatch(Member::hasWritten);
    }

    /** Whether this thread holds a connection that others may wait for. */
    static boolean holdConnection() {
        return members().stream().anyMatch(Member::holdsConnection);
    }

    private static boolean isStrict(Member member) {
        try {
            return member.isStrict();
        } catch (SQLException e) {
            return true;
        }
    }

    private static List<Member> members() {
        Set<Member> open = OPEN.get();
        if (open == null) {
            return List.of();
        }
        for (Iterator<Member> each = open.iterator(); each.hasNext(); ) {
            if (each.next().isOver()) {
                each.remove();
            }
        }
        return List.copyOf(open);
    }
}
