package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import java.util.List;

/** Writes the standard's MERGE. */
final class MergeGrammar {

    private final Draft draft;
    private final Choices choices;
    private final WriteGrammar writes;
    private final ConditionGrammar conditions;

    MergeGrammar(Draft draft, WriteGrammar writes) {
        this.draft = draft;
        this.choices = draft.choices;
        this.writes = writes;
        this.conditions = new ConditionGrammar(draft);
    }

    void merge() {
        Ref ref = draft.target(draft.ref(draft.table()));
        draft.construct("MERGE").add("merge into " + ref.table().name() + " " + ref.alias() + " using ");
        Ref source = source(ref);
        draft.add(" on ");
        String from = key(ref, source);
        if (choices.chance(20)) {
            draft.add(" and ");
            conditions.condition(choices.chance(60) ? List.of(ref) : List.of(ref, source), 1);
        }
        int matched = choices.pick(1, 1, 1, 0, 2);
        for (int i = 0; i < matched; i++) {
            draft.add(" when matched");
            and(List.of(ref, source), i < matched - 1 ? 100 : 60);
            change(ref);
        }
        if (draft.has(Feature.MERGE_BY_SOURCE) && choices.chance(15)) {
            draft.construct("NOT MATCHED BY SOURCE").add(" when not matched by source");
            and(List.of(ref), 70);
            change(ref);
        }
        if (matched == 0 || choices.chance(60)) {
            draft.add(" when not matched");
            and(List.of(source), 30);
            insertion(ref.table(), from);
        }
    }

    /** A table, or one row of constants. */
    private Ref source(Ref ref) {
        FuzzColumn key = ref.table().firstKey();
        if (choices.chance(35)) {
            draft.construct("MERGE of constants").add("(select ");
            draft.add("cast(" + key.type().key(choices.below(7)).literal() + " as " + bare(key.type()) + ") k) ");
            Ref source = draft.ref(
                    FuzzTable.derived("", List.of(new FuzzColumn("k", key.type(), true, false)), java.util.Set.of()));
            draft.add(source.alias());
            return source;
        }
        Ref source = draft.ref(draft.table());
        draft.add(source.table().name() + " " + source.alias());
        return source;
    }

    private static String bare(FuzzType type) {
        int collation = type.ddl().indexOf(" collate");
        return collation < 0 ? type.ddl() : type.ddl().substring(0, collation);
    }

    /** Equates the keys as far as they can be; what the source's is called. */
    private String key(Ref ref, Ref source) {
        FuzzColumn key = ref.table().firstKey();
        FuzzColumn other = source.table().columns().get(0);
        if (key.family() != other.family()) {
            draft.add("1 = 0");
            return key.type().key(choices.below(9)).literal();
        }
        draft.add(ref.column(key) + " = " + source.column(other));
        return source.column(other);
    }

    private void and(List<Ref> refs, int percent) {
        if (choices.chance(percent)) {
            draft.add(" and ");
            conditions.condition(refs, 1);
        }
    }

    private void change(Ref ref) {
        int kind = choices.below(100);
        if (kind >= 90 && draft.has(Feature.MERGE_BY_SOURCE)) {
            draft.construct("MERGE DO NOTHING").add(" then do nothing");
        } else if (kind >= 65) {
            draft.add(" then delete");
        } else {
            draft.add(" then update set ");
            writes.assignments(ref);
        }
    }

    private void insertion(FuzzTable table, String key) {
        List<String> columns =
                new java.util.ArrayList<>(List.of(table.firstKey().name()));
        draft.add(" then insert (");
        int at = draft.mark();
        draft.add(") values (" + key);
        for (FuzzColumn column : table.written()) {
            if (!column.name().equals(columns.get(0))
                    && (column.required() || table.isKey(column) || choices.chance(40))) {
                columns.add(column.name());
                draft.add(", ").constant(column.type());
            }
        }
        draft.add(")");
        draft.insert(at, Draft.list(columns));
    }
}
