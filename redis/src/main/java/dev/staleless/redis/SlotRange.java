package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slots of a Cluster that one primary holds, first and last included. */
record SlotRange(int first, int last, Address primary) {

    /**
     * Reads the answer to CLUSTER SLOTS: per range its first slot, its last, the primary, and replicas.
     *
     * @param asked an empty host is that of the server asked
     */
    static List<SlotRange> parse(List<?> reply, Address asked) {
        List<SlotRange> ranges = new ArrayList<>();
        for (Object each : reply) {
            if (!(each instanceof List<?> range)
                    || range.size() < 3
                    || !(range.get(0) instanceof Long first)
                    || !(range.get(1) instanceof Long last)
                    || !(range.get(2) instanceof List<?> server)
                    || server.size() < 2
                    || !(server.get(1) instanceof Long port)
                    || first < 0
                    || last >= SlotHash.SLOT_COUNT) {
                throw new StoreException("The answer of Redis at " + asked + " to CLUSTER SLOTS is not understood");
            }
            String host = text(server.get(0));
            ranges.add(new SlotRange(
                    first.intValue(),
                    last.intValue(),
                    new Address(host.isEmpty() || host.equals("?") ? asked.host() : host, port.intValue())));
        }
        return ranges;
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    }
}
