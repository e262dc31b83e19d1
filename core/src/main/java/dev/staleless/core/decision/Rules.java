package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of the decision, in the order in which they are asked: the cheaper ones first. */
final class Rules {

    private Rules() {}

    static List<Rule> standard() {
        return List.of(new UnreadColumns(), new OutsideRows(Logic.STANDARD));
    }

    /**
     * Rule 1: an UPDATE whose changed columns are disjoint from the columns that the query reads through the occurrence.
     *
     * <p>Proof. The occurrence contributes to the query the multiset of its table's rows, reduced to the columns read. An UPDATE
     * neither adds nor removes rows, and of the rows it touches it leaves the other columns as they were. So that multiset is
     * the same before and after, and with it every result the database may give. (A result whose rows the statement does not
     * order, or whose LIMIT it does not order, is one of several that are right; it stays one.)
     */
    static final class UnreadColumns implements Rule {

        private static final Verdict.Unaffected SPARED =
                new Verdict.Unaffected("the update changes no column that the query reads");

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, ChangeEvent event) {
            boolean apart = event.kind() == ChangeEvent.Kind.UPDATE
                    && !event.changed().intersects(use.use().columnsRead());
            return apart ? SPARED : null;
        }
    }

    /**
     * Rule 2: the occurrence's condition can be true for the changed row neither before the change nor after it.
     *
     * <p>Proof. The condition holds for every row of this occurrence that can take part in the result. Its truth is computed
     * from the row's own columns alone, everything else in it being unknown, so it holds for any rows of the other occurrences.
     * {@link Logic} yields a set that contains every truth value the condition can have for any row that fits the image, and
     * the changed row fits it: its value before in the before image, its value after in the after image. Without TRUE in either
     * set, the row took no part before and takes none after; all other rows are the same. An event for a set of rows has images
     * that contain every one of them, so that the rows can be looked at one after the other.
     *
     * <p>A TRUNCATE, or a change of an unknown kind, has no image to go by.
     */
    static final class OutsideRows implements Rule {

        private static final Verdict.Unaffected INSERTED =
                new Verdict.Unaffected("the inserted row cannot be part of the result");
        private static final Verdict.Unaffected UPDATED =
                new Verdict.Unaffected("the updated row can be part of the result neither before nor after");
        private static final Verdict.Unaffected DELETED =
                new Verdict.Unaffected("the deleted row cannot be part of the result");

        private final Logic logic;

        OutsideRows(Logic logic) {
            this.logic = logic;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, ChangeEvent event) {
            return switch (event.kind()) {
                case INSERT -> takesPart(use, event, true) ? null : INSERTED;
                case DELETE -> takesPart(use, event, false) ? null : DELETED;
                case UPDATE -> takesPart(use, event, false) || takesPart(use, event, true) ? null : UPDATED;
                case TRUNCATE, ANY -> null;
            };
        }

        private boolean takesPart(BoundQuery.Use use, ChangeEvent event, boolean after) {
            return (use.condition().truths(logic, event, after) & Logic.TRUE) != 0;
        }
    }
}
