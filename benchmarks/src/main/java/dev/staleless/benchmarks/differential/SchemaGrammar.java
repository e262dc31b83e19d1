package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes random schemas: keys, foreign keys with their actions, defaults, generated columns, triggers, views. */
final class SchemaGrammar {

    private static final Map<Family, String> PREFIXES = Map.ofEntries(
            Map.entry(Family.INTEGER, "i"),
            Map.entry(Family.DECIMAL, "n"),
            Map.entry(Family.FLOAT, "f"),
            Map.entry(Family.TEXT, "s"),
            Map.entry(Family.FIXED_TEXT, "c"),
            Map.entry(Family.FOLDED_TEXT, "ci"),
            Map.entry(Family.BOOLEAN, "b"),
            Map.entry(Family.DATE, "d"),
            Map.entry(Family.TIME, "tm"),
            Map.entry(Family.TIMESTAMP, "ts"),
            Map.entry(Family.ZONED_TIMESTAMP, "tz"),
            Map.entry(Family.UUID, "u"),
            Map.entry(Family.JSON, "j"),
            Map.entry(Family.INTEGERS, "ar"),
            Map.entry(Family.ENUMERATION, "en"),
            Map.entry(Family.BYTES, "by"));

    private final Choices choices;
    private final Target target;
    private final List<FuzzTable> tables = new ArrayList<>();
    private final List<FuzzTable> views = new ArrayList<>();
    private final List<String> ddl = new ArrayList<>();
    private final Map<String, Set<String>> spreads = new HashMap<>();

    private SchemaGrammar(Choices choices, Target target) {
        this.choices = choices;
        this.target = target;
    }

    static FuzzSchema make(Choices choices, Target target) {
        SchemaGrammar grammar = new SchemaGrammar(choices, target);
        return grammar.schema();
    }

    private FuzzSchema schema() {
        ddl.addAll(target.prelude());
        int count = 2 + choices.below(3);
        for (int i = 0; i < count; i++) {
            table("t" + i, i);
        }
        int shown = choices.below(5) - 2;
        for (int i = 0; i < shown; i++) {
            view("v" + i);
        }
        return new FuzzSchema(target, List.copyOf(tables), List.copyOf(views), List.copyOf(ddl), Map.copyOf(spreads));
    }

    private void table(String name, int earlier) {
        List<FuzzColumn> columns = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        List<FuzzTable.Reference> references = new ArrayList<>();
        boolean pair = earlier > 0 && choices.chance(15);
        String first = pair ? "i8" : "id";
        columns.add(new FuzzColumn(first, target.keyType(), false, true));
        parts.add(first + " " + target.keyType().ddl() + " not null");
        if (pair) {
            columns.add(new FuzzColumn("i9", target.keyType(), false, true));
            parts.add("i9 " + target.keyType().ddl() + " not null");
        }
        parts.add("primary key (" + (pair ? "i8, i9" : first) + ")");
        reference(name, pair ? "i9" : null, columns, parts, references);
        ordinary(columns, parts);
        generated(columns, parts);
        ddl.add("create table " + name + " (" + Draft.list(parts) + ")");
        List<String> key = pair ? List.of("i8", "i9") : List.of(first);
        tables.add(new FuzzTable(name, List.copyOf(columns), key, references, Set.of(name)));
        if (target.features().contains(Feature.TRIGGERS) && choices.chance(4)) {
            trigger(name, columns);
        }
    }

    /** A foreign key, in a column of its own or in one that is there. */
    private void reference(
            String name,
            @org.jspecify.annotations.Nullable String column,
            List<FuzzColumn> columns,
            List<String> parts,
            List<FuzzTable.Reference> references) {
        List<String> candidates = new ArrayList<>();
        for (FuzzTable table : tables) {
            if (table.key().size() == 1) {
                candidates.add(table.name());
            }
        }
        if (column == null && choices.chance(15)) {
            candidates.add(name);
        }
        if (candidates.isEmpty() || !choices.chance(75)) {
            return;
        }
        String to = candidates.get(candidates.size() - 1 - choices.below(candidates.size()));
        String from = column == null ? "ref" : column;
        if (column == null) {
            columns.add(new FuzzColumn(from, target.keyType(), false, false));
            parts.add(from + " " + target.keyType().ddl());
        }
        String onDelete = choices.pick("", " on delete cascade", " on delete cascade", " on delete set null");
        String onUpdate = choices.pick("", " on update cascade", " on update cascade", " on update set null");
        if (column != null && !target.features().contains(Feature.NULL_INTO_KEY)) {
            onDelete = onDelete.replace(" on delete set null", "");
            onUpdate = onUpdate.replace(" on update set null", "");
        }
        parts.add("foreign key (" + from + ") references " + to + " (id)" + onDelete + onUpdate);
        references.add(new FuzzTable.Reference(from, to));
        if (!onDelete.isEmpty() || !onUpdate.isEmpty()) {
            spreads.computeIfAbsent(to, key -> new LinkedHashSet<>()).add(name);
        }
    }

    private void ordinary(List<FuzzColumn> columns, List<String> parts) {
        int count = 3 + choices.below(4);
        Map<Family, Integer> used = new HashMap<>();
        for (int i = 0; i < count; i++) {
            FuzzType type = choices.pick(target.types());
            String name = PREFIXES.get(type.family()) + (used.merge(type.family(), 1, Integer::sum) - 1);
            boolean hasDefault = choices.chance(15);
            boolean notNull = choices.chance(20);
            columns.add(new FuzzColumn(name, type, false, notNull && !hasDefault));
            parts.add(name + " " + type.ddl()
                    + (hasDefault ? " default " + choices.pick(type.stored()).literal() : "")
                    + (notNull ? " not null" : "")
                    + (isUnique(type) ? " unique" : ""));
        }
    }

    private boolean isUnique(FuzzType type) {
        return type.isOrdered() && type.showsEqualsAlike() && type.family() != Family.BOOLEAN && choices.chance(4);
    }

    private void generated(List<FuzzColumn> columns, List<String> parts) {
        if (!choices.chance(25)) {
            return;
        }
        for (FuzzColumn column : List.copyOf(columns)) {
            if (column.name().equals("i0") || column.name().equals("s0")) {
                FuzzType type = column.family() == Family.INTEGER ? target.keyType() : column.type();
                String name = PREFIXES.get(type.family()) + "7";
                columns.add(new FuzzColumn(name, type, true, false));
                parts.add(name + " " + target.generatedType(type) + " " + target.generated(column));
                return;
            }
        }
    }

    private void trigger(String name, List<FuzzColumn> columns) {
        for (FuzzColumn column : columns) {
            if (column.name().equals("i0")) {
                ddl.addAll(target.trigger(name, "i0"));
                return;
            }
        }
    }

    private void view(String name) {
        FuzzTable from = choices.pick(tables);
        List<FuzzColumn> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (FuzzColumn column : from.columns()) {
            if (columns.isEmpty() || choices.chance(70)) {
                columns.add(new FuzzColumn(column.name(), column.type(), true, false));
                items.add("a." + column.name());
            }
        }
        Set<String> bases = new LinkedHashSet<>(from.bases());
        String sql = "select " + Draft.list(items) + " from " + from.name() + " a";
        if (choices.chance(40)) {
            FuzzTable other = choices.pick(tables);
            bases.addAll(other.bases());
            sql += choices.pick(" join ", " left join ") + other.name() + " b on a."
                    + from.key().get(0) + " = b." + other.key().get(0);
        }
        if (choices.chance(50)) {
            sql += " where a." + from.key().get(0) + choices.pick(" > 1", " <> 2", " in (1, 2, 3)");
        }
        ddl.add("create view " + name + " as " + sql);
        views.add(FuzzTable.derived(name, List.copyOf(columns), bases));
    }
}
