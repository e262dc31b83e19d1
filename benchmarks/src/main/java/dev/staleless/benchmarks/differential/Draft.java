package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A statement that is being written. */
final class Draft {

    final Choices choices;
    final FuzzSchema schema;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();
    private final Set<String> constructs = new TreeSet<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private List<String> before = List.of();
    private List<String> after = List.of();
    private int aliases;

    /** A table in FROM and its alias. */
    record Ref(String alias, FuzzTable table) {

        String column(FuzzColumn column) {
            return alias + "." + column.name();
        }
    }

    Draft(Choices choices, FuzzSchema schema) {
        this.choices = choices;
        this.schema = schema;
    }

    Draft add(String text) {
        sql.append(text);
        return this;
    }

    /** Where the text ends now, so that something can be put there later. */
    int mark() {
        return sql.length();
    }

    /** Puts text without parameters where {@link #mark} was. */
    void insert(int at, String text) {
        sql.insert(at, text);
    }

    /** Names what the statement is made of. */
    Draft construct(String name) {
        constructs.add(name);
        return this;
    }

    boolean has(Feature feature) {
        return schema.target().features().contains(feature);
    }

    Ref ref(FuzzTable table) {
        use(table);
        return new Ref("q" + aliases++, table);
    }

    /** A table that is named without an alias. */
    Ref bare(FuzzTable table) {
        use(table);
        return new Ref(table.name(), table);
    }

    private void use(FuzzTable table) {
        tables.addAll(table.bases());
        constructs.addAll(table.constructs());
    }

    /** A table that is changed. */
    Ref target(Ref ref) {
        changed.addAll(ref.table().bases());
        return ref;
    }

    FuzzTable table() {
        boolean part = !schema.parts().isEmpty() && choices.chance(12);
        return choices.pick(part ? schema.parts() : schema.tables());
    }

    /** Has statements executed around this one, and for nothing else. */
    void within(List<String> first, List<String> last) {
        before = first;
        after = last;
    }

    String name() {
        return "w" + aliases++;
    }

    /** Text with one {@code ?}. */
    void bound(String text, Object parameter) {
        parameters.add(parameter);
        add(text);
    }

    void value(FuzzValue value) {
        if (choices.chance(50)) {
            parameters.add(value.parameter());
            add(value.placeholder());
        } else {
            add(value.literal());
        }
    }

    /** A constant to be compared with a column of the type, or written to one. */
    void constant(FuzzType type) {
        int kind = choices.below(100);
        if (kind >= 96) {
            add("null");
        } else if (kind >= 78 && !type.odd().isEmpty()) {
            value(choices.pick(type.odd()));
        } else {
            value(choices.pick(type.stored()));
        }
    }

    /** Names of the columns with commas between. */
    static String list(List<String> parts) {
        return String.join(", ", parts);
    }

    Set<String> constructs() {
        return constructs;
    }

    Set<String> tables() {
        return tables;
    }

    FuzzStatement statement(boolean ordered) {
        return new FuzzStatement(
                sql.toString(),
                List.copyOf(parameters),
                new TreeSet<>(constructs),
                new LinkedHashSet<>(tables),
                new LinkedHashSet<>(changed),
                ordered,
                before,
                after);
    }
}
