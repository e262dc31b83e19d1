package dev.staleless.benchmarks.differential;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

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
