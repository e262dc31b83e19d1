package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import java.util.ArrayList;
import java.util.List;

/** Writes changes that come about less often: of a view, of the row a cursor stands on, of a materialized view. */
final class UnusualChanges {

    private final Draft draft;
    private final Choices choices;
    private final WriteGrammar writes;

    UnusualChanges(Draft draft, WriteGrammar writes) {
        this.draft = draft;
        this.choices = draft.choices;
        this.writes = writes;
    }

    /** Fills a materialized view. */
    static FuzzStatement refresh(Choices choices, FuzzSchema schema, FuzzTable snapshot) {
        Draft draft = new Draft(choices, schema);
        refresh(draft, snapshot);
        return draft.statement(false);
    }

    private static void refresh(Draft draft, FuzzTable snapshot) {
        Ref ref = draft.target(draft.bare(snapshot));
        draft.construct("REFRESH")
                .add("refresh materialized view " + ref.table().name());
    }

    void write() {
        List<FuzzTable> snapshots = draft.schema.snapshots();
        if (!snapshots.isEmpty() && choices.chance(50)) {
            refresh(draft, choices.pick(snapshots));
        } else if (draft.has(Feature.CURSORS) && choices.chance(40)) {
            positioned();
        } else {
            ofView();
        }
    }

    /** Of a view that shows rows of one table. */
    private void ofView() {
        List<FuzzTable> changeable = new ArrayList<>();
        for (FuzzTable view : draft.schema.views()) {
            if (view.bases().size() == 1 && !view.written().isEmpty()) {
                changeable.add(view);
            }
        }
        if (changeable.isEmpty() || !draft.has(Feature.VIEW_CHANGES)) {
            writes.update();
            return;
        }
        Ref view = draft.target(draft.ref(choices.pick(changeable)));
        draft.construct("change of a view");
        if (choices.chance(60)) {
            draft.add("update " + view.table().name() + " " + view.alias() + " set ");
            writes.assignments(view);
        } else {
            draft.add("delete from " + view.table().name() + " " + view.alias());
        }
        writes.where(view, 90);
    }

    /** Of the first row of a cursor. */
    private void positioned() {
        Ref ref = draft.target(draft.bare(draft.table()));
        String name = draft.name();
        FuzzColumn column = choices.pick(ref.table().columns());
        String condition = ref.table().firstKey().name() + " = "
                + ref.table()
                        .firstKey()
                        .type()
                        .key(choices.below(WriteGrammar.KEYS))
                        .literal();
        String where = choices.chance(70) ? condition : column.name() + " is not null";
        draft.within(
                List.of(
                        "declare " + name + " cursor for select * from "
                                + ref.table().name() + " where " + where + choices.pick("", " for update"),
                        "fetch 1 from " + name),
                List.of("close " + name));
        draft.construct("WHERE CURRENT OF");
        if (choices.chance(70)) {
            draft.add("update " + ref.table().name() + " set ");
            writes.assignments(ref);
        } else {
            draft.add("delete from " + ref.table().name());
        }
        draft.add(" where current of " + name);
    }
}
