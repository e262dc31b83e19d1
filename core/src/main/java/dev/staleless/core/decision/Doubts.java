package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.Revalidation;
import dev.staleless.core.query.Revalidation.Handle;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the database would have to tell for a change not to matter, where the rules cannot tell it by the cached rows.
 *
 * <p>A change is steps, rows that leave and rows that come (see {@link Sides}). Some of them can only add combinations to those
 * of the block that makes the result, and only such as have certain values: a row that comes and is combined, with the row's own
 * key; a row that comes and is sought, with the values by which it is sought; a row that leaves from where it kept others out, with the
 * values by which it did. A row that comes to, or leaves from, what is filled up beside a combination adds and removes none, and
 * matters to none that lacks the values by which it is joined. An UPDATE that leaves all conditions of FROM and WHERE as true as they
 * were is one step that adds and removes none, and matters to none without the row's key. Such a step may be left open; every other one
 * must be spared by a rule.
 *
 * <p>Proof. Let the query have returned the cached rows in state A, and let the changes since then lead to state B. Take the steps
 * that are spared first, in an order in which the rules that need one have theirs: they lead from A through states in which the
 * query returns the cached rows, whatever the order of the others. Then take the open ones, of which none removes a combination.
 * So a combination that one of them adds, or that it matters to, is still there when the last one was taken, which is in B. If B
 * has none with the values of any open step, then none of them has added one or mattered to one, and the query returns the cached
 * rows in B. If B has some, and the query's rows begin in an order with those of a full page, then those of B are the ones
 * of the state before the open steps with some more between them. Where all that are more come after the last row of the page
 * in an order that the statement allows, the page is the same.
 *
 * <p>Where a row comes and leaves again, the steps in between cancel each other, and the last one counts. A row that was only changed, or
 * that has left, is there as it was in the states before: of such rows nothing is left open if the same table was changed in another
 * way as well, which could concern them ({@link Doubt.Others}).
 *
 * <p>The rules for rows to which none refers, and for rows that went with others, need the rows of other tables to leave before or
 * after. A row that leaves is left open only where no such rule counts on its having left.
 *
 * <p>The state B is the one that a single statement sees, and the changes are all of those that had committed by then; see {@link
 * dev.staleless.core.protocol.Lookup.Fill}.
 */
final class Doubts {

    /** More values are not asked for. */
    private static final int MANY = 64;

    private final Logic logic;
    private final Sides sides;

    Doubts(Logic logic, Sides sides) {
        this.logic = logic;
        this.sides = sides;
    }

    /** What has to be asked for one occurrence; null if nothing would help. */
    @Nullable
    List<Doubt> of(BoundQuery.Use use, IndexedRows rows, ChangeEvent event, Revalidation revalidation) {
        List<Handle> handles = revalidation.handles().get(use.use().index());
        boolean row = event.kind() == ChangeEvent.Kind.INSERT
                || event.kind() == ChangeEvent.Kind.UPDATE
                || event.kind() == ChangeEvent.Kind.DELETE;
        if (handles == null || !row) {
            return null;
        }
        if (event.kind() == ChangeEvent.Kind.UPDATE
                && !sides.spare(use, rows, event, false)
                && staysCombined(use, event)) {
            Doubt doubt = doubt(use, event, true, handles, null, Doubt.Others.STAY);
            return doubt == null ? null : List.of(doubt);
        }
        List<Doubt> doubts = new ArrayList<>(2);
        for (boolean after : new boolean[] {false, true}) {
            boolean happens = event.kind() != (after ? ChangeEvent.Kind.DELETE : ChangeEvent.Kind.INSERT);
            if (happens && !sides.spare(use, rows, event, after)) {
                Doubt.Page page = after ? page(use, rows, handles, revalidation) : null;
                boolean open = mayBeOpen(use, after);
                Doubt.Others others = after ? Doubt.Others.ANY : Doubt.Others.REMOVE;
                Doubt doubt = open ? doubt(use, event, after, handles, page, others) : null;
                if (doubt == null) {
                    return null;
                }
                doubts.add(doubt);
            }
        }
        return doubts;
    }

    /** Whether the row is in the same combinations after the update as before. */
    private boolean staysCombined(BoundQuery.Use use, ChangeEvent event) {
        return use.role() == Role.COMBINED
                && use.filters().decideAll(event)
                && use.filters().keepTruth(logic, event);
    }

    private static boolean mayBeOpen(BoundQuery.Use use, boolean comes) {
        return switch (use.role()) {
            case COMBINED, SOUGHT -> comes;
            case BARRED -> !comes && isFreeToLeave(use);
            case ATTACHED -> comes || isFreeToLeave(use);
            case REPEATED, OTHER -> false;
        };
    }

    /** Whether no rule for another row of the query counts on rows of this table to have left. */
    private static boolean isFreeToLeave(BoundQuery.Use use) {
        for (BoundQuery.Use other : use.query().uses()) {
            TableUse one = other.use();
            boolean relied = one.referrals().unreferred().contains(ChangeEvent.Kind.DELETE)
                    || one.referrals().needed().stream()
                            .anyMatch(needed -> needed.table().equals(use.use().table()));
            if (relied) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Doubt doubt(
            BoundQuery.Use use,
            ChangeEvent event,
            boolean after,
            List<Handle> handles,
            Doubt.@Nullable Page page,
            Doubt.Others others) {
        Map<String, Set<Object>> values = new LinkedHashMap<>();
        boolean keyed = false;
        for (Handle handle : handles) {
            Set<Object> of = values(handle, logic.known(event, after, handle.column()));
            if (of != null) {
                values.merge(handle.expression(), of, Doubts::both);
                keyed |= handle.key();
            }
        }
        return values.isEmpty() ? null : new Doubt(use.use().index(), values, keyed ? page : null, others);
    }

    /** Two columns of the row that one expression equals: it has one of the values of both. */
    private static Set<Object> both(Set<Object> one, Set<Object> other) {
        Set<Object> both = new HashSet<>(one);
        both.retainAll(other);
        return both.isEmpty() ? one : both;
    }

    /** The values; null if they are not known, empty if the row has none that could equal another. */
    private static @Nullable Set<Object> values(Handle handle, AbstractValue value) {
        Set<Object> raw = value instanceof AbstractValue.OneOf oneOf
                ? oneOf.values()
                : value instanceof AbstractValue.Exact exact && exact.value() != null
                        ? Set.of(exact.value())
                        : Set.of();
        Set<Object> values = new HashSet<>();
        for (Object each : raw) {
            Object canonical = Values.canonical(handle.type(), each);
            if (canonical == null) {
                return null;
            }
            values.add(canonical);
        }
        return values.isEmpty() || values.size() > MANY ? null : values;
    }

    /** The end of the page, if it is full and an occurrence's rows may come after it. */
    private static Doubt.@Nullable Page page(
            BoundQuery.Use use, IndexedRows rows, List<Handle> handles, Revalidation revalidation) {
        Revalidation.PageKey key = revalidation.pageKey();
        ResultForm form = use.query().form();
        if (revalidation.page() == null
                || key == null
                || form == null
                || form.kind() != ResultForm.Kind.ROWS
                || use.role() != Role.COMBINED
                || key.use() != use.use().index()
                || handles.stream().filter(Handle::key).count() != 1
                || !use.query().isFull(rows)) {
            return null;
        }
        return rows.last(key.position(), key.type()) instanceof AbstractValue.Exact exact && exact.value() != null
                ? new Doubt.Page(exact.value())
                : null;
    }
}
