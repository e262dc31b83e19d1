package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import dev.staleless.benchmarks.differential.ExpressionGrammar.Named;
import java.util.ArrayList;
import java.util.List;

/** Makes random changes. */
final class WriteGrammar {

    /** Keys are smaller than this at first. */
    static final int KEYS = 5;

    private final Draft draft;
    private final Choices choices;
    private final ConditionGrammar conditions;
    private final ExpressionGrammar expressions;
    private final OwnChanges own;

    private WriteGrammar(Draft draft) {
        this.draft = draft;
        this.choices = draft.choices;
        this.conditions = new ConditionGrammar(draft);
        this.expressions = new ExpressionGrammar(draft);
        this.own = new OwnChanges(draft, this);
    }

    static FuzzStatement make(Choices choices, FuzzSchema schema) {
        WriteGrammar grammar = new WriteGrammar(new Draft(choices, schema));
        grammar.write();
        return grammar.draft.statement(false);
    }

    /** A row for a table that is being filled, all in literals. */
    static FuzzStatement row(Choices choices, FuzzSchema schema, FuzzTable table, int key) {
        Draft draft = new Draft(choices, schema);
        List<String> values = new ArrayList<>();
        for (FuzzColumn column : table.written()) {
            boolean first = column.name().equals(table.key().get(0));
            boolean isNull = !column.required() && choices.chance(15);
            values.add(
                    first && table.key().size() == 1
                            ? column.type().key(key).literal()
                            : isNull
                                    ? "null"
                                    : choices.pick(column.type().stored()).literal());
        }
        draft.bare(table);
        List<String> names = table.written().stream().map(FuzzColumn::name).toList();
        draft.add("insert into " + table.name() + " (" + Draft.list(names) + ") values (" + Draft.list(values) + ")");
        return draft.statement(false);
    }

    private void write() {
        if (own.offers() && choices.chance(25)) {
            own.write();
            return;
        }
        plain();
    }

    /** A change that most databases know. */
    void plain() {
        switch (choices.below(27)) {
            case 26 -> new UnusualChanges(draft, this).write();
            case 0, 1, 2, 3, 4, 5 -> update();
            case 6, 7, 8, 9 -> updateByKey();
            case 10, 11, 12, 13, 14 -> insert();
            case 15, 16 -> delete();
            case 17 -> deleteByKey();
            case 18 -> joined();
            case 19 -> deleteUsing();
            case 20 -> insertSelect();
            case 21 -> key();
            case 22 -> {
                if (draft.has(Feature.MERGE)) {
                    new MergeGrammar(draft, this).merge();
                } else {
                    insert();
                }
            }
            case 23 -> nested();
            case 24 -> updateByKey();
            default -> truncate();
        }
    }

    // ---- UPDATE

    void update() {
        Ref ref = draft.target(draft.ref(draft.table()));
        draft.construct("UPDATE").add("update " + ref.table().name() + " " + ref.alias() + " set ");
        assignments(ref);
        where(ref, 92);
        own.limited(ref);
        if (draft.has(Feature.UPDATE_RETURNING)) {
            returning();
        }
    }

    private void updateByKey() {
        Ref ref = draft.target(draft.ref(draft.table()));
        draft.construct("UPDATE by key").add("update " + ref.table().name() + " " + ref.alias() + " set ");
        assignments(ref);
        byKey(ref);
    }

    void byKey(Ref ref) {
        String before = " where ";
        for (String key : ref.table().key()) {
            draft.add(before + ref.alias() + "." + key + " = ")
                    .constant(ref.table().column(key).type());
            before = " and ";
        }
    }

    void assignments(Ref ref) {
        List<FuzzColumn> columns = new ArrayList<>(ref.table().written());
        columns.removeIf(ref.table()::isKey);
        int count = 1 + choices.below(choices.chance(20) ? 3 : 2);
        for (int i = 0; i < count && !columns.isEmpty(); i++) {
            FuzzColumn column = columns.remove(choices.below(columns.size()));
            draft.add(i == 0 ? "" : ", ").add(column.name() + " = ");
            assigned(ref, column);
        }
    }

    private void assigned(Ref ref, FuzzColumn column) {
        int kind = choices.below(20);
        if (kind < 15) {
            draft.constant(column.type());
        } else if (kind < 17) {
            draft.construct("computed assignment");
            expressions.expression(column.type(), List.of(ref), 1);
        } else if (kind == 17) {
            draft.construct("DEFAULT").add("default");
        } else if (kind == 18) {
            draft.add(ref.column(column));
        } else {
            Ref inner = draft.ref(draft.table());
            Named from = expressions.column(List.of(inner), column.family());
            if (from == null || !column.type().isOrdered() || !column.type().showsEqualsAlike()) {
                draft.constant(column.type());
                return;
            }
            draft.construct("sub-query assignment")
                    .add("(select max(" + from.text() + ") from "
                            + inner.table().name());
            draft.add(" " + inner.alias() + " where ");
            conditions.correlated(inner, List.of(ref), 1);
            draft.add(")");
        }
    }

    private void key() {
        Ref ref = draft.target(draft.ref(draft.table()));
        FuzzColumn key = ref.table().column(choices.pick(ref.table().key()));
        draft.construct("UPDATE of a key")
                .add("update " + ref.table().name() + " " + ref.alias() + " set " + key.name() + " = ");
        if (key.family() == Family.INTEGER && choices.chance(50)) {
            draft.add(ref.column(key) + " + 10");
        } else {
            draft.value(key.type().key(choices.below(9)));
        }
        if (choices.chance(60)) {
            byKey(ref);
        } else {
            where(ref, 80);
        }
    }

    private void joined() {
        if (!draft.has(Feature.UPDATE_FROM)) {
            update();
            return;
        }
        Ref ref = draft.target(draft.ref(draft.table()));
        Ref other = draft.ref(draft.table());
        draft.construct("UPDATE FROM").add("update " + ref.table().name() + " " + ref.alias() + " set ");
        assignments(ref);
        draft.add(" from " + other.table().name() + " " + other.alias() + " where ");
        conditions.on(List.of(ref), other);
        draft.add(" and ");
        conditions.condition(List.of(ref, other), 1);
    }

    void where(Ref ref, int percent) {
        if (choices.chance(percent)) {
            draft.add(" where ");
            conditions.condition(List.of(ref), choices.pick(0, 1, 1, 2));
        }
    }

    private void returning() {
        if (draft.has(Feature.RETURNING) && choices.chance(8)) {
            draft.construct("RETURNING").add(" returning *");
        }
    }

    // ---- INSERT

    void insert() {
        conflict(insert("INSERT", "insert into ", false));
        returning();
    }

    /** Up to VALUES and its rows. */
    FuzzTable insert(String construct, String verb, boolean merged) {
        FuzzTable table = draft.target(draft.bare(draft.table())).table();
        boolean all = choices.chance(30);
        List<FuzzColumn> columns = new ArrayList<>();
        for (FuzzColumn column : table.written()) {
            if (all || table.isKey(column) || column.required() || choices.chance(70)) {
                columns.add(column);
            }
        }
        draft.construct(construct).add(verb + table.name());
        draft.add(" (" + Draft.list(columns.stream().map(FuzzColumn::name).toList()) + ")");
        draft.add((merged ? " " + own.mergeKey(table, columns) : "") + " values ");
        int rows = choices.chance(25) ? 2 : 1;
        int key = choices.below(3 * KEYS);
        for (int i = 0; i < rows; i++) {
            draft.add(i == 0 ? "(" : ", (");
            row(table, columns, (key + i) % (3 * KEYS));
            draft.add(")");
        }
        return table;
    }

    void row(FuzzTable table, List<FuzzColumn> columns, int key) {
        for (int i = 0; i < columns.size(); i++) {
            FuzzColumn column = columns.get(i);
            draft.add(i == 0 ? "" : ", ");
            if (table.key().size() == 1 && table.isKey(column)) {
                draft.value(column.type().key(key));
            } else if (choices.chance(4)) {
                draft.construct("DEFAULT").add("default");
            } else if (choices.chance(4) && column.family() == Family.INTEGER) {
                draft.add("1 + 1");
            } else {
                draft.constant(column.type());
            }
        }
    }

    private void conflict(FuzzTable table) {
        if (!draft.has(Feature.ON_CONFLICT) || !choices.chance(40)) {
            return;
        }
        if (choices.chance(35)) {
            draft.construct("ON CONFLICT DO NOTHING").add(" on conflict do nothing");
            return;
        }
        List<FuzzColumn> columns = new ArrayList<>(table.written());
        columns.removeIf(table::isKey);
        FuzzColumn column = choices.pick(columns);
        draft.construct("ON CONFLICT DO UPDATE").add(" on conflict (" + Draft.list(table.key()) + ") do update set ");
        draft.add(column.name() + " = ");
        if (choices.chance(50)) {
            draft.add("excluded." + column.name());
        } else {
            draft.constant(column.type());
        }
        if (choices.chance(25)) {
            draft.add(" where ");
            conditions.condition(List.of(new Ref(table.name(), table)), 1);
        }
    }

    private void insertSelect() {
        FuzzTable table = draft.target(draft.bare(draft.table())).table();
        Ref from = draft.ref(draft.table());
        List<String> names = new ArrayList<>();
        draft.construct("INSERT SELECT").add("insert into " + table.name());
        int at = draft.mark();
        draft.add(" select ");
        for (FuzzColumn column : table.written()) {
            if (!table.isKey(column) && !column.required() && !choices.chance(60)) {
                continue;
            }
            draft.add(names.isEmpty() ? "" : ", ");
            names.add(column.name());
            FuzzColumn key = from.table().firstKey();
            if (table.isKey(column)
                    && names.size() == 1
                    && column.family() == Family.INTEGER
                    && key.family() == Family.INTEGER) {
                draft.add("10 + " + from.column(key));
            } else {
                Named same = expressions.column(List.of(from), column.family());
                if (same == null || same.column().family() == Family.TEXT || choices.chance(40)) {
                    draft.value(choices.pick(column.type().stored()));
                } else {
                    draft.add(same.text());
                }
            }
        }
        draft.insert(at, " (" + Draft.list(names) + ")");
        draft.add(" from " + from.table().name() + " " + from.alias());
        where(from, 90);
    }

    // ---- DELETE and the rest

    private void delete() {
        Ref ref = deleted("DELETE");
        where(ref, 95);
        own.limited(ref);
        returning();
    }

    private void deleteByKey() {
        byKey(deleted("DELETE by key"));
    }

    private Ref deleted(String construct) {
        boolean alias = draft.has(Feature.DELETE_ALIAS);
        Ref ref = draft.target(alias ? draft.ref(draft.table()) : draft.bare(draft.table()));
        draft.construct(construct).add("delete from " + ref.table().name() + (alias ? " " + ref.alias() : ""));
        return ref;
    }

    private void deleteUsing() {
        if (!draft.has(Feature.DELETE_USING)) {
            delete();
            return;
        }
        Ref ref = draft.target(draft.ref(draft.table()));
        Ref other = draft.ref(draft.table());
        draft.construct("DELETE USING").add("delete from " + ref.table().name() + " " + ref.alias() + " using ");
        draft.add(other.table().name() + " " + other.alias() + " where ");
        conditions.on(List.of(ref), other);
        draft.add(" and ");
        conditions.condition(List.of(ref, other), 1);
    }

    private void nested() {
        if (!draft.has(Feature.WRITING_CTE)) {
            update();
            return;
        }
        Ref ref = draft.target(draft.ref(draft.table()));
        String name = draft.name();
        draft.construct("writing CTE")
                .add("with " + name + " as (update " + ref.table().name() + " " + ref.alias());
        draft.add(" set ");
        assignments(ref);
        where(ref, 90);
        draft.add(" returning " + ref.alias() + "." + ref.table().key().get(0) + " k) ");
        Ref other = draft.ref(draft.table());
        FuzzColumn key = other.table().firstKey();
        if (choices.chance(50) && key.family() == ref.table().firstKey().family()) {
            draft.target(other);
            draft.add("delete from " + other.table().name() + " " + other.alias() + " using " + name + " where ");
            draft.add(other.column(key) + " = " + name + ".k");
        } else {
            draft.add("select * from " + name);
        }
    }

    private void truncate() {
        FuzzTable table = draft.target(draft.bare(draft.table())).table();
        boolean whole = draft.has(Feature.TRUNCATE) && choices.chance(50);
        draft.construct(whole ? "TRUNCATE" : "DELETE of all")
                .add((whole ? "truncate " : "delete from ") + table.name());
        draft.add(whole && choices.chance(60) ? " cascade" : "");
    }
}
