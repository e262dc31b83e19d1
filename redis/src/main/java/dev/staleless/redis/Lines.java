package dev.staleless.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The connections to one server: some for reading, one for all that concerns transactions in flight, so that it is executed in the
 * order in which it was sent, and one for entries, which may be large and must not hold up a commit. Safe for any thread.
 */
final class Lines implements AutoCloseable {

    /** What a connection is for. */
    enum Purpose {
        READ,
        REPORT,
        ENTRIES
    }

    private final List<Line> reads = new ArrayList<>();
    private final Line reports;
    private final Line entries;
    private final List<Line> all = new ArrayList<>();

    Lines(Connector connector, int numberOfReads) {
        for (int i = 0; i < numberOfReads; i++) {
            reads.add(new Line(connector));
        }
        reports = new Line(connector);
        entries = new Line(connector);
        all.addAll(reads);
        all.add(reports);
        all.add(entries);
    }

    Line line(Purpose purpose) {
        return switch (purpose) {
            case READ ->
                reads.get(reads.size() == 1 ? 0 : ThreadLocalRandom.current().nextInt(reads.size()));
            case REPORT -> reports;
            case ENTRIES -> entries;
        };
    }

    /** Makes all connections. */
    void connect(Duration timeout) {
        check(); // all at once; then each is waited for
        all.forEach(line -> line.link(timeout));
    }

    /** Makes connections that are missing, and ends those whose server is not what it was. */
    void check() {
        all.forEach(Line::check);
    }

    /** Ends the renewing of connections, and those that are there. */
    void end() {
        all.forEach(Line::end);
    }

    /** Ends the renewing of connections; they themselves end with their client. */
    @Override
    public void close() {
        all.forEach(Line::close);
    }
}
