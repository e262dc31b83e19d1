package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each name stands where a table or a common table expression does, in a whole query. */
final class References {

    static final References NONE = new References();

    private final Map<String, Integer> counts = new HashMap<>();

    private References() {}

    static References in(Query query) {
        References references = new References();
        Deque<Node> open = new ArrayDeque<>(List.of(query));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof TableRef.Table table && table.name().size() == 1) {
                references.counts.merge(table.name().get(0).text(), 1, Integer::sum);
            }
            node.forEachChild(open::push);
        }
        return references;
    }

    /** Whether nothing else may be meant by the name, wherever it stands, but what is named here once. */
    boolean isOnce(String name) {
        return counts.getOrDefault(name, 0) == 1;
    }
}
