package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import java.util.ArrayList;
import java.util.List;

/** Writes changes that only one of the databases knows. */
final class OwnChanges {

    private final Draft draft;
    private final Choices choices;
    private final WriteGrammar writes;
    private final ConditionGrammar conditions;

    OwnChanges(Draft draft, WriteGrammar writes) {
        this.draft = draft;
        this.choices = draft.choices;
        this.writes = writes;
        this.conditions = new ConditionGrammar(draft);
    }

    /** Whether there are any. */
    boolean offers() {
        return draft.has(Feature.MERGE_KEY) || draft.has(Feature.ON_DUPLICATE_KEY);
    }

    void write() {
        if (draft.has(Feature.MERGE_KEY)) {
            if (choices.chance(60)) {
                writes.insert("MERGE KEY", "merge into ", true);
            } else {
                deltaTable();
            }
            return;
        }
        switch (choices.below(10)) {
            case 8 -> ignored("update ignore ");
            case 9 -> ignored("delete ignore from ");
            case 0, 1 -> onDuplicateKey();
            case 2, 3 -> writes.insert("REPLACE", "replace into ", false);
            case 4 -> writes.insert("INSERT IGNORE", "insert ignore into ", false);
            case 5, 6 -> updateJoin();
            default -> deleteSeveral();
        }
    }

    /** H2's KEY, with the columns by which a row is looked for. */
    String mergeKey(FuzzTable table, List<FuzzColumn> columns) {
        List<String> key = new ArrayList<>(table.key());
        if (choices.chance(20)) {
            key = List.of(choices.pick(columns).name());
        } else if (choices.chance(40)) {
            return "";
        }
        return "key (" + Draft.list(key) + ")";
    }

    private void deltaTable() {
        draft.construct("delta table")
                .add("select * from " + choices.pick("final", "final", "new", "old") + " table (");
        writes.plain();
        draft.add(")");
    }

    private void onDuplicateKey() {
        FuzzTable table =
                writes.insert("ON DUPLICATE KEY UPDATE", "insert " + choices.pick("", "", "ignore ") + "into ", false);
        draft.add(" on duplicate key update ");
        List<FuzzColumn> columns = new ArrayList<>(table.written());
        columns.removeIf(column -> table.isKey(column) && choices.chance(90));
        int count = 1 + choices.below(2);
        for (int i = 0; i < count && !columns.isEmpty(); i++) {
            FuzzColumn column = columns.remove(choices.below(columns.size()));
            draft.add(i == 0 ? "" : ", ").add(column.name() + " = ");
            if (choices.chance(50)) {
                draft.add(choices.pick("values(", "value(") + column.name() + ")");
            } else {
                draft.constant(column.type());
            }
        }
    }

    private void updateJoin() {
        Ref ref = draft.target(draft.ref(draft.table()));
        Ref other = draft.ref(draft.table());
        draft.construct("UPDATE of a join").add("update " + ref.table().name() + " " + ref.alias());
        draft.add(choices.pick(" join ", " left join ") + other.table().name() + " " + other.alias() + " on ");
        conditions.on(List.of(ref), other);
        draft.add(" set ");
        if (choices.chance(40)) {
            draft.target(other);
            assignment(other);
            draft.add(", ");
        }
        assignment(ref);
        draft.add(" where ");
        conditions.condition(List.of(ref, other), 1);
    }

    private void assignment(Ref ref) {
        List<FuzzColumn> columns = new ArrayList<>(ref.table().written());
        columns.removeIf(ref.table()::isKey);
        FuzzColumn column = choices.pick(columns);
        draft.add(ref.column(column) + " = ").constant(column.type());
    }

    /** What cannot be done to a row is left out, or done in another way. */
    private void ignored(String verb) {
        boolean update = verb.startsWith("update");
        Ref ref = draft.target(update ? draft.ref(draft.table()) : draft.bare(draft.table()));
        draft.construct(update ? "UPDATE IGNORE" : "DELETE IGNORE")
                .add(verb + ref.table().name());
        if (update) {
            draft.add(" " + ref.alias() + " set ");
            if (choices.chance(30)) {
                FuzzColumn key = ref.table().firstKey();
                draft.add(key.name() + " = ");
                draft.value(key.type().key(choices.below(9)));
            } else {
                writes.assignments(ref);
            }
        }
        writes.where(ref, 80);
    }

    private void deleteSeveral() {
        Ref ref = draft.target(draft.ref(draft.table()));
        Ref other = draft.ref(draft.table());
        boolean both = choices.chance(50);
        String names = both ? ref.alias() + ", " + other.alias() : ref.alias();
        if (both) {
            draft.target(other);
        }
        boolean using = choices.chance(40);
        draft.construct("DELETE of a join")
                .add(using ? "delete from " + names + " using " : "delete " + names + " from ");
        draft.add(ref.table().name() + " " + ref.alias() + choices.pick(" join ", " left join "));
        draft.add(other.table().name() + " " + other.alias() + " on ");
        conditions.on(List.of(ref), other);
        draft.add(" where ");
        conditions.condition(List.of(ref, other), 1);
    }

    /** So many rows only. */
    void limited(Ref ref) {
        if (!draft.has(Feature.LIMITED_CHANGE) || !choices.chance(8)) {
            return;
        }
        draft.construct("limited change");
        if (draft.has(Feature.ORDERED_CHANGE)) {
            draft.add(" order by " + ref.alias() + "." + ref.table().key().get(0) + choices.pick("", " desc")
                    + " limit 1");
        } else {
            draft.add(" fetch first 1 rows only");
        }
    }
}
