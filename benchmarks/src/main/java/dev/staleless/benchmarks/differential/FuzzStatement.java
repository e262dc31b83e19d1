package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A statement.
 *
 * @param parameters as bound by {@code setObject}
 * @param constructs names of what it is made of, for the counts
 * @param tables the stored tables it names, or whose views it names
 * @param changed those of them that it changes by itself
 * @param ordered whether the order of a query's rows is decided by the statement
 * @param before statements that have to be executed before it and change nothing
 * @param after the same, after it
 */
record FuzzStatement(
        String sql,
        List<Object> parameters,
        Set<String> constructs,
        Set<String> tables,
        Set<String> changed,
        boolean ordered,
        List<String> before,
        List<String> after) {

    FuzzStatement with(List<Object> others) {
        return new FuzzStatement(sql, others, constructs, tables, changed, ordered, before, after);
    }

    /** Several that are judged together, to be told and counted, not to be executed. */
    static FuzzStatement joined(String construct, List<FuzzStatement> statements) {
        Set<String> constructs = new TreeSet<>(Set.of(construct));
        Set<String> tables = new LinkedHashSet<>();
        Set<String> changed = new LinkedHashSet<>();
        List<String> told = new ArrayList<>();
        for (FuzzStatement each : statements) {
            constructs.addAll(each.constructs());
            tables.addAll(each.tables());
            changed.addAll(each.changed());
            told.add(each.describe());
        }
        String sql = String.join(";\n", told);
        return new FuzzStatement(sql, List.of(), constructs, tables, changed, false, List.of(), List.of());
    }

    /** With its parameters, as a comment. */
    String describe() {
        StringBuilder text = new StringBuilder();
        before.forEach(each -> text.append(each).append(";\n"));
        text.append(sql);
        if (!parameters.isEmpty()) {
            text.append("  -- ").append(Arrays.deepToString(parameters.toArray()));
        }
        return text.toString();
    }
}
