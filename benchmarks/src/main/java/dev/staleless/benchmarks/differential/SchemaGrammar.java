package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes random schemas: keys, foreign keys with their actions, defaults, generated columns, triggers, parts, views. */
final class SchemaGrammar {

    static final Map<Family, String> PREFIXES = Map.ofEntries(
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
    private final PartGrammar parts;
    private final List<FuzzTable> tables = new ArrayList<>();
    private final List<String> ddl = new ArrayList<>();
    private final Map<String, Set<String>> spreads = new HashMap<>();

    private SchemaGrammar(Choices choices, Target target) {
        this.choices = choices;
        this.target = target;
        this.parts = new PartGrammar(choices, target, ddl, spreads);
    }

    static FuzzSchema make(Choices choices, Target target) {
        SchemaGrammar grammar = new SchemaGrammar(choices, target);
        return grammar.schema();
    }

    private FuzzSchema schema() {
        int count = 2 + choices.below(3);
        for (int i = 0; i < count; i++) {
            table(i);
        }
        ViewGrammar views = new ViewGrammar(choices, target, tables, ddl);
        views.make();
        ddl.addAll(0, target.prelude(String.join(" ", ddl)));
        return new FuzzSchema(
                target,
                List.copyOf(tables),
                List.copyOf(parts.made()),
                views.views(),
                views.snapshots(),
                List.copyOf(ddl),
                Map.copyOf(spreads));
    }

    /** A table that is being made. */
    private final class Making {
        private final int number;
        private final String name;
        private final List<FuzzColumn> columns = new ArrayList<>();
        private final List<String> definitions = new ArrayList<>();
        private final List<String> key = new ArrayList<>();
        private final List<FuzzTable.Reference> references = new ArrayList<>();
        private final Set<String> constructs = new LinkedHashSet<>();

        Making(int number) {
            this.number = number;
            boolean quoted = choices.chance(8);
            name = quoted ? target.quoted("T" + number) : "t" + number;
            constructs.addAll(quoted ? List.of("quoted name") : List.of());
        }

        void key(String column, FuzzType type) {
            columns.add(new FuzzColumn(column, type, false, true));
            definitions.add(column + " " + type.ddl() + " not null");
            key.add(column);
        }

        FuzzTable table() {
            return new FuzzTable(
                    name, List.copyOf(columns), List.copyOf(key), List.copyOf(references), Set.of(name), constructs);
        }
    }

    private void table(int number) {
        Making table = new Making(number);
        boolean pair = number > 0 && choices.chance(18);
        if (pair) {
            table.constructs.add("composite key");
            table.key("i8", target.keyType());
            FuzzType second = choices.chance(30) ? choices.pick(target.keyTypes()) : target.keyType();
            table.key(PREFIXES.get(second.family()) + "9", second);
        } else {
            FuzzType type = choices.pick(target.keyTypes());
            table.key("id", type);
            if (type.family() != Family.INTEGER) {
                table.constructs.add(type.ddl() + " key");
            }
        }
        table.definitions.add("primary key (" + Draft.list(table.key) + ")");
        PartGrammar.Kind kind = parts.kind(table.columns.get(table.columns.size() - 1), pair);
        reference(table, "ref", pair ? table.columns.get(1) : null);
        if (choices.chance(15)) {
            reference(table, "own", null);
        }
        ordinary(table, kind != PartGrammar.Kind.PARTITIONED);
        generated(table);
        parts.table(kind, table.definitions, table.constructs, table::table);
        tables.add(table.table());
        if (target.features().contains(Feature.TRIGGERS) && choices.chance(4)) {
            trigger(table);
        }
    }

    /** A foreign key, in columns of its own or in one that is there. */
    private void reference(Making table, String prefix, @Nullable FuzzColumn column) {
        List<FuzzTable> candidates = new ArrayList<>();
        for (FuzzTable each : tables) {
            if (column == null
                    || each.key().size() == 1 && each.firstKey().type().equals(column.type())) {
                candidates.add(each);
            }
        }
        if (column == null && choices.chance(15)) {
            candidates.add(table.table());
        }
        if (candidates.isEmpty() || !choices.chance(75)) {
            return;
        }
        FuzzTable to = candidates.get(candidates.size() - 1 - choices.below(candidates.size()));
        List<String> from = column == null ? referring(table, prefix, to) : List.of(column.name());
        String onDelete = action(" on delete ", column, from);
        String onUpdate = action(" on update ", column, from);
        String timing = "";
        if (target.features().contains(Feature.DEFERRABLE)) {
            timing = choices.pick("", "", "", "", " deferrable initially deferred", " deferrable", " not enforced");
        }
        table.definitions.add("foreign key (" + Draft.list(from) + ") references " + to.name() + " ("
                + Draft.list(to.key()) + ")" + onDelete + onUpdate + timing);
        table.references.add(new FuzzTable.Reference(from, to.name(), to.key()));
        table.constructs.add(from.size() > 1 ? "composite foreign key" : "foreign key");
        if (!onDelete.isEmpty() || !onUpdate.isEmpty()) {
            spreads.computeIfAbsent(to.name(), key -> new LinkedHashSet<>()).add(table.name);
        }
    }

    /** Columns for what is referred to. */
    private List<String> referring(Making table, String prefix, FuzzTable to) {
        List<String> from = new ArrayList<>();
        boolean hasDefault = choices.chance(20);
        for (String key : to.key()) {
            FuzzType type = to.column(key).type();
            String name = to.key().size() == 1 ? prefix : prefix + from.size();
            from.add(name);
            table.columns.add(new FuzzColumn(name, type, false, false));
            String value = hasDefault ? " default " + type.key(choices.below(3)).literal() : "";
            table.definitions.add(name + " " + type.ddl() + value);
        }
        return from;
    }

    private String action(String on, @Nullable FuzzColumn column, List<String> from) {
        List<String> actions = new ArrayList<>(List.of("", on + "cascade", on + "cascade"));
        if (column == null || target.features().contains(Feature.NULL_INTO_KEY)) {
            actions.add(on + "set null");
        }
        if (target.features().contains(Feature.SET_DEFAULT)) {
            actions.add(on + "set default");
        }
        if (from.size() > 1 && target.features().contains(Feature.SET_SOME) && on.contains("delete")) {
            actions.add(on + "set null (" + from.get(1) + ")");
        }
        return choices.pick(actions);
    }

    private void ordinary(Making table, boolean unique) {
        int count = 3 + choices.below(4);
        Map<Family, Integer> used = new HashMap<>();
        for (int i = 0; i < count; i++) {
            FuzzType type = choices.pick(target.types());
            String name = PREFIXES.get(type.family()) + (used.merge(type.family(), 1, Integer::sum) - 1);
            boolean hasDefault = choices.chance(15);
            boolean notNull = choices.chance(20);
            table.columns.add(new FuzzColumn(name, type, false, notNull && !hasDefault));
            table.definitions.add(name + " " + type.ddl()
                    + (hasDefault ? " default " + choices.pick(type.stored()).literal() : "")
                    + (notNull ? " not null" : "")
                    + (unique && isUnique(type) ? " unique" : ""));
        }
    }

    private boolean isUnique(FuzzType type) {
        return type.isOrdered() && type.showsEqualsAlike() && type.family() != Family.BOOLEAN && choices.chance(4);
    }

    private void generated(Making table) {
        if (!choices.chance(25)) {
            return;
        }
        for (FuzzColumn column : List.copyOf(table.columns)) {
            if (column.name().equals("i0") || column.name().equals("s0")) {
                FuzzType type = column.family() == Family.INTEGER ? target.keyType() : column.type();
                String name = PREFIXES.get(type.family()) + "7";
                table.columns.add(new FuzzColumn(name, type, true, false));
                table.definitions.add(name + " " + target.generatedType(type) + " " + target.generated(column));
                table.constructs.add("generated column");
                return;
            }
        }
    }

    private void trigger(Making table) {
        for (FuzzColumn column : table.columns) {
            if (column.name().equals("i0")) {
                ddl.addAll(target.trigger("touch" + table.number, table.name, "i0"));
                table.constructs.add("trigger");
                return;
            }
        }
    }
}
