package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.catalog.CatalogRows.Relation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which relations are parts of others. A table with partitions is one table under several names: its rows are those of its
 * partitions, which have its columns and no other. Tables that inherit in the older way are tables of their own: a child may have
 * more columns and other keys, and a parent's rows are its own and those of its children.
 */
final class Families {

    private final Map<Relation, Relation> wholes = new HashMap<>();
    private final Map<Relation, List<Relation>> parts = new HashMap<>();
    private final Map<Relation, List<Relation>> parents = new HashMap<>();
    private final Map<Relation, List<Relation>> children = new HashMap<>();

    void add(Relation child, Relation parent, boolean partition) {
        if (partition) {
            wholes.put(child, parent);
            parts.computeIfAbsent(parent, p -> new ArrayList<>()).add(child);
        } else {
            parents.computeIfAbsent(child, c -> new ArrayList<>()).add(parent);
            children.computeIfAbsent(parent, p -> new ArrayList<>()).add(child);
        }
    }

    /** The table that the relation is a part of, over any number of levels; itself, if it is none's. */
    Relation whole(Relation relation) {
        Relation whole = relation;
        for (Relation next = relation; next != null; next = wholes.get(next)) {
            whole = next;
        }
        return whole;
    }

    /** The table and all its partitions. */
    Set<Relation> parts(Relation whole) {
        return reached(whole, parts);
    }

    boolean hasChildren(Relation relation) {
        return children.containsKey(relation);
    }

    /** Those of all parts. */
    Set<Trait> traits(Relation whole) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Relation part : parts(whole)) {
            traits.addAll(part.traits);
        }
        if (children.containsKey(whole) || parents.containsKey(whole)) {
            traits.add(Trait.INHERITANCE);
        }
        return traits;
    }

    /** A change reaches the rows of the relation and its descendants, and these are rows of each of their ancestors too. */
    Set<TableName> overlaps(Relation relation) {
        Set<TableName> names = new HashSet<>();
        for (Relation touched : reached(relation, children)) {
            for (Relation seenThrough : reached(touched, parents)) {
                names.add(seenThrough.name);
            }
        }
        names.remove(relation.name);
        return names;
    }

    private static Set<Relation> reached(Relation from, Map<Relation, List<Relation>> steps) {
        Set<Relation> reached = new LinkedHashSet<>();
        List<Relation> todo = new ArrayList<>(List.of(from));
        while (!todo.isEmpty()) {
            Relation next = todo.remove(todo.size() - 1);
            if (reached.add(next)) {
                todo.addAll(steps.getOrDefault(next, List.of()));
            }
        }
        return reached;
    }
}
