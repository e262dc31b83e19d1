package dev.staleless.examples.gazetteer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which page of a listing, in which order.
 *
 * @param page counted from 1
 * @param size rows on a page
 */
record Paging(Order order, boolean descending, int page, int size) {

    /** What a listing can be sorted by. */
    enum Order {
        NAME,
        CODE,
        REGION,
        POPULATION,
        GDP,
        LITERACY
    }

    static final Set<String> FIELDS = Set.of("sort", "page", "size");

    static Paging of(Parameters parameters) {
        var sort = parameters.text("sort");
        boolean descending = sort != null && sort.startsWith("-");
        var order = sort == null ? Order.NAME : order(sort, descending ? sort.substring(1) : sort);
        return new Paging(
                order, descending, parameters.number("page", 1, 1, 10_000), parameters.number("size", 15, 1, 200));
    }

    int offset() {
        return (page - 1) * size;
    }

    private static Order order(String sort, String name) {
        for (Order order : Order.values()) {
            if (word(order).equals(name)) {
                return order;
            }
        }
        var words = Arrays.stream(Order.values()).map(Paging::word).collect(Collectors.joining(", "));
        throw new BadInputException("sort", sort, words + "; with a minus in front, descending");
    }

    private static String word(Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }
}
