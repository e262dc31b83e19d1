package dev.staleless.jdbc;

import dev.staleless.core.query.QueryTemplate.Operation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which kinds of queries a profile caches: {@code get} (pins the whole primary or a unique key of its only table), {@code
 * fetch} (other queries that return rows), {@code count}, {@code aggregate} and {@code exists}. Immutable.
 *
 * @param operations the kinds; empty for none
 */
public record Ops(Set<Operation> operations) {

    public static final Operation GET = Operation.GET;
    public static final Operation FETCH = Operation.FETCH;
    public static final Operation COUNT = Operation.COUNT;
    public static final Operation AGGREGATE = Operation.AGGREGATE;
    public static final Operation EXISTS = Operation.EXISTS;

    public Ops {
        operations = Set.copyOf(operations);
    }

    /** These kinds. */
    public static Ops ops(Operation... operations) {
        return new Ops(Set.of(operations));
    }

    /** Every kind. */
    public static Ops all() {
        return new Ops(EnumSet.allOf(Operation.class));
    }

    /** No kind: only what a scope or a hint asks for. */
    public static Ops none() {
        return new Ops(Set.of());
    }

    /**
     * Reads names separated by commas, in any case; {@code all} and {@code none} stand alone.
     *
     * @throws IllegalArgumentException if a name is not known
     */
    static Ops parse(String text) {
        String names = text.strip().toLowerCase(Locale.ROOT);
        if (names.equals("all")) {
            return all();
        }
        if (names.equals("none")) {
            return none();
        }
        EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
        for (String name : names.split(",", -1)) {
            operations.add(operation(name.strip()));
        }
        return new Ops(operations);
    }

    /** As {@link #parse} reads it. */
    String text() {
        if (operations.isEmpty()) {
            return "none";
        } else if (operations.size() == Operation.values().length) {
            return "all";
        }
        return operations.stream()
                .sorted()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static Operation operation(String name) {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name
                        + "' is no kind of query; allowed are get, fetch, count, aggregate, exists, or all, or none"));
    }
}
