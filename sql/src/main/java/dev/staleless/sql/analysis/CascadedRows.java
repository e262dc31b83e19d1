package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that go with the rows of a table that are deleted, or lose their reference to them: where they can be found before by
 * following the references, whatever order the database takes.
 *
 * <p>That is so under these conditions. A row that refers with ON DELETE CASCADE to a row that goes, goes: which rows these are does
 * not depend on an order, as long as no column by which a reference is followed is written meanwhile. Nothing is written but by SET
 * NULL and SET DEFAULT, whose columns therefore must not be such. A row may be written by several of them, or go after all: so of one
 * that is written each column counts as written that any of them may write. Triggers, partitions, policies and the like must not be
 * in the way of any of the tables.
 *
 * @param root the table whose rows are deleted
 * @param deleted the tables whose rows go, in an order in which a table comes after those that its references lead to; not {@code
 *     root} unless its rows refer to others of it
 * @param written the references that are set to something else
 */
record CascadedRows(Table root, List<Deleted> deleted, List<Written> written) {

    private static final int MAX_TABLES = 12;

    /**
     * A table whose rows go.
     *
     * @param references by which; those from the table to itself as well
     */
    record Deleted(Table table, List<Edge> references) {
        List<Edge> toItself() {
            return references.stream()
                    .filter(edge -> edge.parent().name().equals(table.name()))
                    .toList();
        }
    }

    /**
     * A reference whose rows get other values.
     *
     * @param columns that may get one, by whichever reference
     * @param toNull those of {@code columns} that surely become NULL
     */
    record Written(Table table, Edge reference, Set<String> columns, Set<String> toNull) {}

    /** A reference of a table, to the table whose rows are deleted. */
    record Edge(Table parent, Reference reference) {}

    CascadedRows {
        deleted = List.copyOf(deleted);
        written = List.copyOf(written);
    }

    /** Null if nothing goes with the rows, or what goes cannot be told by the references. */
    static @Nullable CascadedRows of(Table root, Catalog catalog, Spreading spreading) {
        return new Search(root, catalog, spreading).found();
    }

    /** The tables that are read. */
    Set<TableName> tables() {
        Set<TableName> tables = new HashSet<>();
        deleted.forEach(each -> tables.add(each.table().name()));
        written.forEach(each -> tables.add(each.table().name()));
        return tables;
    }

    /** Columns of a table by which references to it are followed. */
    Set<String> followed(Table table) {
        Set<String> columns = new HashSet<>();
        deleted.forEach(each -> each.references().forEach(edge -> addFollowed(edge, table, columns)));
        written.forEach(each -> addFollowed(each.reference(), table, columns));
        return columns;
    }

    private static void addFollowed(Edge edge, Table table, Set<String> columns) {
        if (edge.parent().name().equals(table.name())) {
            columns.addAll(edge.reference().columns());
        }
    }

    /** The search, which gives up where something cannot be told. */
    private static final class Search {
        private final Table root;
        private final Catalog catalog;
        private final Spreading spreading;
        private final Map<TableName, List<Edge>> deleting = new LinkedHashMap<>();
        private final List<Edge> writing = new ArrayList<>();
        private boolean sure = true;

        Search(Table root, Catalog catalog, Spreading spreading) {
            this.root = root;
            this.catalog = catalog;
            this.spreading = spreading;
        }

        @Nullable
        CascadedRows found() {
            List<Table> open = new ArrayList<>(List.of(root));
            Set<TableName> seen = new HashSet<>(Set.of(root.name()));
            while (sure && !open.isEmpty()) {
                for (Table child : follow(open.remove(0))) {
                    if (seen.add(child.name())) {
                        open.add(child);
                    }
                }
            }
            if (!sure || deleting.size() > MAX_TABLES || deleting.isEmpty() && writing.isEmpty()) {
                return null;
            }
            List<Deleted> ordered = ordered();
            return ordered == null || writesFollowed() ? null : new CascadedRows(root, ordered, written());
        }

        /** Follows the references to a table whose rows go; returns the tables whose rows go with them. */
        private List<Table> follow(Table parent) {
            List<Table> children = new ArrayList<>();
            for (Reference reference : parent.foreignKeys()) {
                if (!reference.onDelete().spreads()) {
                    continue;
                }
                Table child = catalog.table(reference.child());
                if (child == null || !isPlain(child) || !isJoinable(parent, child, reference)) {
                    sure = false;
                } else if (reference.onDelete() == Action.CASCADE) {
                    deleting.computeIfAbsent(child.name(), name -> new ArrayList<>())
                            .add(new Edge(parent, reference));
                    children.add(child);
                } else if (reference.onDelete() == Action.UNKNOWN) {
                    sure = false;
                } else {
                    writing.add(new Edge(parent, reference));
                }
            }
            return children;
        }

        private static boolean isPlain(Table table) {
            return table.traits().isEmpty() && table.overlaps().isEmpty();
        }

        /** Whether {@code =} surely is what the foreign key compares by: texts could have different collations. */
        private static boolean isJoinable(Table parent, Table child, Reference reference) {
            for (int i = 0; i < reference.columns().size(); i++) {
                Column referred = parent.column(reference.columns().get(i));
                Column referring = child.column(reference.childColumns().get(i));
                if (referred == null
                        || referring == null
                        || referred.type().kind() != referring.type().kind()
                        || !isComparedAlike(referred.type().kind())) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isComparedAlike(ColumnType.Kind kind) {
            return switch (kind) {
                case BOOLEAN, INTEGER, DECIMAL, UUID, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> true;
                default -> false;
            };
        }

        /** Parents first; null if tables refer to each other in a circle, or one to itself in several ways. */
        private @Nullable List<Deleted> ordered() {
            List<Deleted> ordered = new ArrayList<>();
            Set<TableName> done = new HashSet<>(deleting.containsKey(root.name()) ? Set.of() : Set.of(root.name()));
            Map<TableName, List<Edge>> open = new LinkedHashMap<>(deleting);
            while (!open.isEmpty()) {
                TableName next = open.keySet().stream()
                        .filter(name -> open.getOrDefault(name, List.of()).stream()
                                .map(edge -> edge.parent().name())
                                .allMatch(parent -> parent.equals(name) || done.contains(parent)))
                        .findFirst()
                        .orElse(null);
                if (next == null) {
                    return null;
                }
                Table table = next.equals(root.name()) ? root : Objects.requireNonNull(catalog.table(next));
                Deleted deleted = new Deleted(table, List.copyOf(Objects.requireNonNull(open.remove(next))));
                if (deleted.toItself().size() > 1) {
                    return null;
                }
                ordered.add(deleted);
                done.add(next);
            }
            return ordered;
        }

        // ---- what is written

        private Set<String> writtenBy(Edge edge) {
            Set<String> columns = new HashSet<>(edge.reference().set());
            columns.addAll(spreading.altered(child(edge)));
            return columns;
        }

        private Table child(Edge edge) {
            return Objects.requireNonNull(catalog.table(edge.reference().child()));
        }

        /** What any reference may write in a table. */
        private Set<String> writtenIn(TableName table) {
            Set<String> columns = new HashSet<>();
            for (Edge edge : writing) {
                if (edge.reference().child().equals(table)) {
                    columns.addAll(writtenBy(edge));
                }
            }
            return columns;
        }

        /** Whether a column is written by which rows are found, or that rows refer to. */
        private boolean writesFollowed() {
            for (Edge edge : writing) {
                Set<String> written = writtenBy(edge);
                boolean referred = child(edge).foreignKeys().stream()
                        .anyMatch(reference -> !Collections.disjoint(reference.columns(), written));
                if (referred || isFollowed(edge, written)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isFollowed(Edge writer, Set<String> written) {
            List<Edge> others = new ArrayList<>(writing);
            deleting.values().forEach(others::addAll);
            return others.stream()
                    .anyMatch(edge -> !edge.equals(writer)
                            && edge.reference()
                                    .child()
                                    .equals(writer.reference().child())
                            && !Collections.disjoint(edge.reference().childColumns(), written));
        }

        private List<Written> written() {
            List<Written> all = new ArrayList<>();
            for (Edge edge : writing) {
                Table table = child(edge);
                Set<String> columns = writtenIn(table.name());
                boolean alone = writing.stream()
                                .filter(other -> other.reference().child().equals(table.name()))
                                .count()
                        == 1;
                all.add(new Written(table, edge, columns, alone ? toNull(edge, table) : Set.of()));
            }
            return all;
        }

        private Set<String> toNull(Edge edge, Table table) {
            Set<String> columns = new HashSet<>(edge.reference().set());
            Set<String> altered = spreading.altered(table);
            columns.removeIf(name -> {
                Column column = table.column(name);
                return column == null
                        || altered.contains(name)
                        || edge.reference().onDelete() != Action.SET_NULL && column.hasDefault();
            });
            return columns;
        }
    }
}
