package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import dev.staleless.benchmarks.differential.ExpressionGrammar.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes queries with window functions, and recursive ones. */
final class RareQueries {

    private final Draft draft;
    private final Choices choices;
    private final QueryGrammar queries;
    private final ExpressionGrammar expressions;

    RareQueries(Draft draft, QueryGrammar queries) {
        this.draft = draft;
        this.choices = draft.choices;
        this.queries = queries;
        this.expressions = new ExpressionGrammar(draft);
    }

    // ---- recursive

    void recursive() {
        if (choices.chance(50)) {
            tree();
            return;
        }
        if (!draft.has(Feature.RECURSIVE_UNION)) {
            queries.commonTable();
            return;
        }
        draft.construct("recursive CTE");
        Ref start = draft.ref(draft.table());
        Ref next = draft.ref(draft.table());
        Named first = expressions.column(List.of(start), Family.INTEGER);
        Named key = expressions.column(List.of(next), Family.INTEGER);
        Named value = expressions.column(List.of(next), Family.INTEGER);
        if (first == null || key == null || value == null) {
            draft.add("select 1 from " + start.table().name());
            return;
        }
        String name = draft.name();
        draft.add("with recursive " + name + " (i0) as (select " + first.text() + " from "
                + start.table().name() + " " + start.alias());
        queries.where(List.of(start), 100);
        draft.add(" union select " + value.text() + " from " + next.table().name() + " " + next.alias() + " join "
                + name + " r on r.i0 = " + key.text());
        queries.where(List.of(next), 40);
        draft.add(") select i0 from " + name);
    }

    /** Rows that lead to each other by a column, with their depth, which ends it. */
    private void tree() {
        Ref root = draft.ref(draft.table());
        Ref child = draft.ref(root.table());
        FuzzColumn key = root.table().firstKey();
        Named up = expressions.column(List.of(child), key.family());
        String name = draft.name();
        draft.construct("recursive CTE by depth")
                .add("with recursive " + name + " (k, depth) as (select " + root.column(key) + ", 0 from "
                        + root.table().name() + " " + root.alias());
        queries.where(List.of(root), 100);
        draft.add(" union all select " + child.column(key) + ", r.depth + 1 from "
                + child.table().name() + " " + child.alias() + " join " + name + " r on "
                + (up == null ? "1 = 1" : up.text() + " = r.k") + " where r.depth < 2");
        draft.add(") select k, depth from " + name);
        if (choices.chance(30)) {
            draft.add(" where depth > 0");
        }
    }

    // ---- windows

    void window() {
        draft.construct("window");
        Ref ref = draft.ref(draft.table());
        List<Ref> refs = List.of(ref);
        String keys = String.valueOf(queries.keys(refs));
        String function = function(refs);
        String parted = choices.chance(50) ? "partition by " + part(refs) + " " : "";
        String over = parted + "order by " + order(refs) + keys + frame(function);
        String table = ref.table().name() + " " + ref.alias();
        switch (choices.below(6)) {
            case 0 -> {
                draft.construct("whole window");
                draft.add("select " + keys + ", count(*) over (" + parted.strip() + ") from " + table);
                queries.where(refs, 70);
            }
            case 1 -> {
                draft.construct("named window").add("select " + keys + ", " + function + " over w from " + table);
                queries.where(refs, 70);
                draft.add(" window w as (" + over + ")");
            }
            case 2 -> {
                draft.construct("first of each group");
                draft.add("select * from (select " + keys + ", row_number() over (" + parted + "order by " + order(refs)
                        + keys + ") rn from " + table);
                queries.where(refs, 60);
                draft.add(") w where rn <= " + (1 + choices.below(2)));
            }
            default -> {
                draft.add("select " + keys + ", " + function + " over (" + over + ") from " + table);
                queries.where(refs, 70);
            }
        }
    }

    private String part(List<Ref> refs) {
        return expressions.column(refs).text();
    }

    private String order(List<Ref> refs) {
        @Nullable Named column = queries.orderedColumn(refs);
        return column == null ? "" : column.text() + choices.pick("", " desc") + ", ";
    }

    private String function(List<Ref> refs) {
        Named number = expressions.column(refs, Family.INTEGER);
        String of = number == null ? "1" : number.text();
        return choices.pick(
                "row_number()",
                "rank()",
                "dense_rank()",
                "count(*)",
                "sum(" + of + ")",
                "lag(" + of + ")",
                "lead(" + of + ")",
                "first_value(" + of + ")",
                "ntile(2)");
    }

    private String frame(String function) {
        boolean framed = function.startsWith("sum") || function.startsWith("count") || function.startsWith("first");
        return framed && choices.chance(40)
                ? choices.pick(
                        " rows between 1 preceding and current row",
                        " rows between unbounded preceding and 1 following",
                        " range unbounded preceding")
                : "";
    }
}
