package dev.staleless.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A standalone primary, or the one that Sentinel names. */
final class OneServer implements Servers {

    private final Lines lines;
    private final Duration timeout;

    OneServer(Connector connector, int reads, Duration timeout) {
        this.lines = new Lines(connector, reads);
        this.timeout = timeout;
    }

    @Override
    public Lines holding(byte[] key) {
        return lines;
    }

    @Override
    public @Nullable Lines at(String address) {
        return null;
    }

    @Override
    public List<Lines> all() {
        return List.of(lines);
    }

    @Override
    public void moved(byte[] key, Lines to) {}

    @Override
    public void unreachable(Lines server) {}

    @Override
    public boolean one() {
        return true;
    }

    @Override
    public void connect() {
        lines.connect(timeout);
    }

    @Override
    public void check() {
        lines.check();
    }

    @Override
    public void close() {
        lines.close();
    }
}
