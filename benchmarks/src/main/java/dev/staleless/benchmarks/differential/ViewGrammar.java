package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes views of tables and of other views, and materialized views. */
final class ViewGrammar {

    private final Choices choices;
    private final Target target;
    private final List<FuzzTable> tables;
    private final List<String> ddl;
    private final List<FuzzTable> views = new ArrayList<>();
    private final List<FuzzTable> snapshots = new ArrayList<>();

    ViewGrammar(Choices choices, Target target, List<FuzzTable> tables, List<String> ddl) {
        this.choices = choices;
        this.target = target;
        this.tables = tables;
        this.ddl = ddl;
    }

    void make() {
        int count = choices.below(6) - 2;
        for (int i = 0; i < count; i++) {
            view("v" + i);
        }
        if (target.features().contains(Feature.MATERIALIZED_VIEWS) && choices.chance(20)) {
            snapshot();
        }
    }

    List<FuzzTable> views() {
        return List.copyOf(views);
    }

    List<FuzzTable> snapshots() {
        return List.copyOf(snapshots);
    }

    private void view(String name) {
        boolean nested = !views.isEmpty() && choices.chance(50);
        FuzzTable from = choices.pick(nested ? views : tables);
        Set<String> constructs = new TreeSet<>(from.constructs());
        constructs.add(nested ? "nested view" : "view");
        Set<String> bases = new LinkedHashSet<>(from.bases());
        List<FuzzColumn> columns = new ArrayList<>();
        String sql;
        if (choices.chance(15)) {
            sql = grouped(from, columns);
            constructs.add("view with GROUP BY");
        } else {
            sql = rows(from, columns, bases);
        }
        ddl.add("create view " + name + " as " + sql);
        views.add(new FuzzTable(name, List.copyOf(columns), List.of(), List.of(), bases, constructs));
    }

    private String rows(FuzzTable from, List<FuzzColumn> columns, Set<String> bases) {
        List<String> items = new ArrayList<>();
        boolean joined = choices.chance(35);
        for (FuzzColumn column : from.columns()) {
            if (columns.isEmpty() || choices.chance(70)) {
                columns.add(
                        new FuzzColumn(column.name(), column.type(), joined || column.computed(), column.required()));
                items.add("a." + column.name());
            }
        }
        String sql = "select " + Draft.list(items) + " from " + from.name() + " a";
        FuzzColumn first = from.columns().get(0);
        if (joined) {
            FuzzTable other = choices.pick(tables);
            bases.addAll(other.bases());
            FuzzColumn key = other.firstKey();
            sql += choices.pick(" join ", " left join ") + other.name() + " b on "
                    + (key.type().equals(first.type()) ? "a." + first.name() + " = b." + key.name() : "1 = 1");
        }
        if (choices.chance(50)) {
            String literal = first.type().key(choices.below(3)).literal();
            boolean compared = first.type().isOrdered() && first.family() != Family.UUID;
            String operator = compared ? choices.pick(" > ", " <> ", " <= ") : " <> ";
            sql += " where a." + first.name() + operator + literal;
        }
        return sql;
    }

    /** How often each value of a column is there. */
    private String grouped(FuzzTable from, List<FuzzColumn> columns) {
        FuzzColumn group = choices.pick(from.columns());
        if (!group.type().showsEqualsAlike()) {
            group = from.columns().get(0);
        }
        FuzzColumn counted = new FuzzColumn("i5" + views.size(), target.keyType(), true, false);
        if (!group.type().showsEqualsAlike()) {
            columns.add(counted);
            return "select count(*) " + counted.name() + " from " + from.name() + " a";
        }
        columns.add(new FuzzColumn(group.name(), group.type(), true, false));
        columns.add(counted);
        return "select a." + group.name() + ", count(*) " + counted.name() + " from " + from.name() + " a group by a."
                + group.name();
    }

    private void snapshot() {
        FuzzTable from = choices.pick(tables);
        List<FuzzColumn> columns = new ArrayList<>();
        for (FuzzColumn column : from.columns()) {
            columns.add(new FuzzColumn(column.name(), column.type(), true, false));
        }
        ddl.add("create materialized view m0 as select a.* from " + from.name() + " a");
        snapshots.add(new FuzzTable("m0", columns, List.of(), List.of(), Set.of("m0"), Set.of("materialized view")));
    }
}
