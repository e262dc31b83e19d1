package dev.staleless.jdbc.explain;

import dev.staleless.jdbc.explain.Explanation.Change;
import dev.staleless.jdbc.explain.Explanation.Occurrence;
import java.util.List;

/** Explanations as text and as JSON. */
final class ExplanationText {

    private ExplanationText() {}

    static String of(Explanation explanation) {
        StringBuilder text = new StringBuilder(title(explanation)).append('\n');
        if (explanation.admission() != null) {
            text.append("  measured: ").append(explanation.admission()).append('\n');
        }
        for (Occurrence read : explanation.reads()) {
            text.append("  reads ").append(read.table());
            text.append(read.table().endsWith("." + read.alias()) ? "" : " as " + read.alias())
                    .append('\n');
            text.append("    a row can matter if   ").append(read.condition()).append('\n');
            text.append("    columns read          ")
                    .append(columns(read.columns()))
                    .append('\n');
            text.append("    changes looked at     ");
            text.append(String.join("; ", read.partitions())).append('\n');
        }
        for (Change change : explanation.changes()) {
            text.append("  ")
                    .append(change.table())
                    .append(": ")
                    .append(change.what())
                    .append('\n');
        }
        return text.toString();
    }

    private static String title(Explanation explanation) {
        return switch (explanation.kind()) {
            case CACHEABLE ->
                explanation.reason() == null ? "Can be cached." : "Can be cached, " + explanation.reason();
            case PASSED_THROUGH -> "Passed through, not cached: " + explanation.reason();
            case CHANGE -> "A change. What it reports:";
            case CHANGE_OF_EVERYTHING -> "Counts as a change of every cached table: " + explanation.reason();
            case CONTROL -> "Controls the transaction or the session.";
        };
    }

    private static String columns(List<String> columns) {
        return columns.isEmpty() ? "all" : String.join(", ", columns);
    }

    static Json json(Explanation explanation) {
        List<Json> reads = explanation.reads().stream()
                .map(read -> new Json()
                        .add("table", read.table())
                        .add("alias", read.alias())
                        .add("condition", read.condition())
                        .add("allColumns", read.columns().isEmpty())
                        .strings("columns", read.columns())
                        .strings("partitions", read.partitions()))
                .toList();
        List<Json> changes = explanation.changes().stream()
                .map(change -> new Json().add("table", change.table()).add("what", change.what()))
                .toList();
        return new Json()
                .add("sql", explanation.sql())
                .add("kind", explanation.kind().name())
                .add("reason", explanation.reason())
                .add("admission", explanation.admission())
                .objects("reads", reads)
                .objects("changes", changes);
    }
}
