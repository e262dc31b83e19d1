package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes what follows FROM. */
final class FromGrammar {

    private final Draft draft;
    private final Choices choices;
    private final ConditionGrammar conditions;

    FromGrammar(Draft draft) {
        this.draft = draft;
        this.choices = draft.choices;
        this.conditions = new ConditionGrammar(draft);
    }

    /** So many tables, joined in one of all ways; what can be named afterwards. */
    List<Ref> from(int size, boolean outer) {
        List<Ref> refs = new ArrayList<>();
        refs.add(source(refs, false));
        for (int i = 1; i < size; i++) {
            join(refs, outer);
        }
        return refs;
    }

    private void join(List<Ref> refs, boolean outer) {
        String kind = outer
                ? choices.pick("left join", "left join", "right join", "full join", "join")
                : choices.pick("join", "join", "join", "cross join", ",", "using", "natural join", "lateral");
        if (kind.equals("full join") && !draft.has(Feature.FULL_JOIN)) {
            kind = "left join";
        }
        draft.construct(kind.equals(",") ? "comma join" : kind.toUpperCase(Locale.ROOT));
        switch (kind) {
            case "cross join", "," -> {
                draft.add(kind.equals(",") ? ", " : " cross join ");
                refs.add(source(refs, false));
            }
            case "using", "natural join" -> named(refs, kind.equals("using"));
            case "lateral" -> lateral(refs);
            default -> {
                draft.add(" " + kind + " ");
                Ref right = source(refs, true);
                draft.add(" on ");
                boolean more = !kind.equals("full join") && choices.chance(30);
                conditions.on(refs, right);
                refs.add(right);
                if (more) {
                    draft.add(" and ");
                    conditions.condition(choices.chance(50) ? List.of(right) : refs, 1);
                }
            }
        }
    }

    /** A join over columns of one name. */
    private void named(List<Ref> refs, boolean using) {
        FuzzTable left = refs.get(refs.size() - 1).table();
        FuzzTable right = draft.table();
        List<String> shared = new ArrayList<>();
        for (FuzzColumn column : left.columns()) {
            if (right.columns().stream().anyMatch(other -> other.name().equals(column.name()))) {
                shared.add(column.name());
            }
        }
        Ref ref = draft.ref(right);
        String table = right.name() + " " + ref.alias();
        if (refs.size() > 1 || shared.isEmpty()) {
            draft.add(" join " + table + " on 1 = 1");
        } else if (using) {
            draft.add(" join " + table + " using (" + choices.pick(shared) + ")");
        } else {
            draft.add(" natural join " + table);
        }
        refs.add(ref);
    }

    private void lateral(List<Ref> refs) {
        if (!draft.has(Feature.LATERAL)) {
            draft.add(" cross join ");
            refs.add(source(refs, false));
            return;
        }
        Ref inner = draft.ref(draft.table());
        String kind = choices.pick(" cross join lateral ", ", lateral ", " left join lateral ");
        draft.add(kind);
        refs.add(block(inner, refs));
        draft.add(kind.contains("left") ? " on true" : "");
    }

    /** A table, or a sub-query in its place. */
    private Ref source(List<Ref> before, boolean joined) {
        int kind = choices.below(100);
        if (kind >= 94 && !draft.schema.shown().isEmpty()) {
            Ref ref = draft.ref(choices.pick(draft.schema.shown()));
            draft.add(ref.table().name() + " " + ref.alias());
            return ref;
        }
        if (kind >= 86) {
            draft.construct("derived table");
            return block(draft.ref(draft.table()), List.of());
        }
        if (kind >= 84 && joined) {
            return values();
        }
        Ref ref = draft.ref(draft.table());
        if (ref.table().constructs().contains("inherited table") && choices.chance(30)) {
            draft.construct("ONLY").add("only ");
        }
        draft.add(ref.table().name() + " " + ref.alias());
        return ref;
    }

    /** A sub-query on one table, in parentheses and with an alias. */
    private Ref block(Ref inner, List<Ref> outer) {
        List<FuzzColumn> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (FuzzColumn column : inner.table().columns()) {
            if (columns.isEmpty() || choices.chance(60)) {
                columns.add(column);
                items.add(inner.column(column));
            }
        }
        draft.add("(select " + Draft.list(items) + " from " + inner.table().name() + " " + inner.alias());
        if (!outer.isEmpty() || choices.chance(70)) {
            draft.add(" where ");
            conditions.correlated(inner, outer, 1);
        }
        if (!inner.table().key().isEmpty() && choices.chance(20)) {
            draft.construct("LIMIT in a sub-query")
                    .add(" order by ")
                    .add(String.valueOf(new QueryGrammar(draft).keys(List.of(inner))));
            draft.add(" limit " + (1 + choices.below(3)));
        }
        Ref shown = draft.ref(FuzzTable.derived("", List.copyOf(columns), Set.of()));
        draft.add(") " + shown.alias());
        return shown;
    }

    private Ref values() {
        draft.construct("VALUES");
        FuzzType key = draft.schema.target().keyType();
        List<FuzzColumn> columns = List.of(new FuzzColumn("i0", key, false, false));
        Ref ref = draft.ref(FuzzTable.derived("", columns, Set.of()));
        draft.add(
                draft.has(Feature.COLUMN_ALIASES)
                        ? "(values (1), (2)) " + ref.alias() + " (i0)"
                        : "(select 1 i0 union all select 2) " + ref.alias());
        return ref;
    }
}
