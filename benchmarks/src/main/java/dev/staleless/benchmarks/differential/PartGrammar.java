package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Makes tables that consist of several: partitions, and children by inheritance. All have names by which they may be used. */
final class PartGrammar {

    /** What a table consists of. */
    enum Kind {
        WHOLE,
        PARTITIONED,
        /** Its own rows have even keys, those of its child odd ones, so that a key is one row's. */
        INHERITED
    }

    private final Choices choices;
    private final Target target;
    private final List<String> ddl;
    private final Map<String, Set<String>> spreads;
    private final List<FuzzTable> parts = new ArrayList<>();
    private String column = "";

    PartGrammar(Choices choices, Target target, List<String> ddl, Map<String, Set<String>> spreads) {
        this.choices = choices;
        this.target = target;
        this.ddl = ddl;
        this.spreads = spreads;
    }

    List<FuzzTable> made() {
        return parts;
    }

    /** Chosen for the next table, by the last column of its primary key. */
    Kind kind(FuzzColumn key, boolean composite) {
        if (!target.features().contains(Feature.PARTS) || !key.type().equals(target.keyType())) {
            return Kind.WHOLE;
        }
        column = key.name();
        int kind = choices.below(100);
        return kind >= 90 ? Kind.PARTITIONED : kind >= 82 && !composite ? Kind.INHERITED : Kind.WHOLE;
    }

    /** Makes the table and its parts. */
    void table(Kind kind, List<String> definitions, Set<String> constructs, Supplier<FuzzTable> made) {
        String name = made.get().name();
        String all = Draft.list(definitions);
        switch (kind) {
            case WHOLE -> ddl.add("create table " + name + " (" + all + ")");
            case PARTITIONED -> {
                constructs.add("partitioned table");
                String by = choices.pick("range", "list", "hash");
                ddl.add("create table " + name + " (" + all + ") partition by " + by + " (" + column + ")");
                partitions(made.get(), by);
            }
            case INHERITED -> {
                constructs.add("inherited table");
                ddl.add("create table " + name + " (" + all + ", check (" + column + " % 2 = 0) no inherit)");
                child(made.get());
            }
        }
    }

    private void partitions(FuzzTable whole, String by) {
        switch (by) {
            case "range" -> {
                part(whole, "a", "for values from (minvalue) to (2)");
                part(whole, "b", "for values from (2) to (4)");
                rest(whole);
            }
            case "list" -> {
                part(whole, "a", "for values in (0, 1)");
                part(whole, "b", "for values in (2)");
                rest(whole);
            }
            default -> {
                part(whole, "a", "for values with (modulus 2, remainder 0)");
                part(whole, "b", "for values with (modulus 2, remainder 1)");
            }
        }
    }

    private void rest(FuzzTable whole) {
        if (choices.chance(30)) {
            FuzzTable rest = part(whole, "c", "default partition by list (" + column + ")");
            part(rest, "d", "for values in (3, 4)");
            part(rest, "e", "default");
        } else {
            part(whole, "c", "default");
        }
    }

    private FuzzTable part(FuzzTable whole, String suffix, String bounds) {
        String name = named(whole, suffix);
        ddl.add("create table " + name + " partition of " + whole.name() + " " + bounds);
        return add(
                new FuzzTable(
                        name,
                        whole.columns(),
                        whole.key(),
                        whole.references(),
                        Set.of(name),
                        with(whole.constructs(), "partition by its name")),
                whole);
    }

    private void child(FuzzTable whole) {
        String name = named(whole, "kid");
        FuzzColumn own = new FuzzColumn("i6", target.keyType(), false, false);
        List<FuzzColumn> columns = new ArrayList<>(whole.columns());
        columns.add(own);
        ddl.add("create table " + name + " (i6 " + own.type().ddl() + ", check (" + column + " % 2 = 1), primary key ("
                + column + ")) inherits (" + whole.name() + ")");
        add(
                new FuzzTable(
                        name,
                        List.copyOf(columns),
                        whole.key(),
                        List.of(),
                        Set.of(name),
                        with(whole.constructs(), "child by its name")),
                whole);
    }

    private FuzzTable add(FuzzTable part, FuzzTable whole) {
        parts.add(part);
        spreads.computeIfAbsent(whole.name(), key -> new LinkedHashSet<>()).add(part.name());
        spreads.computeIfAbsent(part.name(), key -> new LinkedHashSet<>()).add(whole.name());
        return part;
    }

    private static Set<String> with(Set<String> constructs, String more) {
        Set<String> all = new TreeSet<>(constructs);
        all.add(more);
        return all;
    }

    private static String named(FuzzTable whole, String suffix) {
        String name = whole.name();
        return name.endsWith("\"") ? name.substring(0, name.length() - 1) + suffix + "\"" : name + suffix;
    }
}
