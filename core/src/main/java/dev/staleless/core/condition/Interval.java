package dev.staleless.core.condition;

/** A literal span of time: months, then days, then microseconds, each of which is added apart from the others. */
public record Interval(int months, int days, long micros) {

    /** The span in the other direction. */
    public Interval negated() {
        return new Interval(-months, -days, -micros);
    }
}
