package dev.staleless.integration.tracker;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A piece of work.
 *
 * @param id 0 as long as it is not stored
 * @param state OPEN, DOING or DONE
 * @param assignee null if nobody does it
 * @param estimate in days; null if nobody knows
 * @param version counts its changes
 */
record Ticket(
        long id,
        long project,
        String title,
        String state,
        int priority,
        String assignee,
        BigDecimal estimate,
        LocalDate due,
        int version) {

    Ticket withState(String next) {
        return new Ticket(id, project, title, next, priority, assignee, estimate, due, version);
    }

    Ticket withTitle(String next) {
        return new Ticket(id, project, next, state, priority, assignee, estimate, due, version);
    }

    Ticket withWork(int nextPriority, String nextAssignee, BigDecimal nextEstimate) {
        return new Ticket(id, project, title, state, nextPriority, nextAssignee, nextEstimate, due, version);
    }
}
