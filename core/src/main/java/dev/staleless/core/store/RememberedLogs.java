package dev.staleless.core.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Logs as a store's client has read them: of a log that is read again, only the newest elements are asked for, down to one that is
 * known, and a reader whose head is known already asks for nothing.
 *
 * <p>Why what is put together is the log. An element's id is unique, and no append is repeated, so an element stands in one place of one
 * log of one life of a server, as its ids tell. A log only grows at its near end, and loses elements only at its far end, or as a
 * whole; a start element comes to the far end of one that is missing. So what stood beyond a known element when the log was read is
 * what stands beyond it now, less what was trimmed since, which did happen, and in this order: between a reader's offset and the head
 * nothing is missing and nothing is added. Where the newest elements do not reach down to what is known, as after a loss of the log or
 * many appends, the whole log is to be read; what another server answers, or the same one in another life, is never joined to this one's.
 *
 * <p>Why a known head suffices to be judged up to it. Whoever asks has read this head from this server, in the same lookup, and is to
 * be told of all that came before; what is known may go on past it, since somebody has read on meanwhile, and that is no less true.
 *
 * <p>Bounded; safe for any thread. Of two answers the one that is kept may be the older one: it is a log of before, to which the next
 * answer is joined.
 */
public final class RememberedLogs {

    /** To be asked for the whole log. */
    public static final int WHOLE = Integer.MAX_VALUE;

    /** More elements than this at a time are as well asked for as a whole. */
    private static final int MOST_ASKED = 64;

    /** A head or an element is looked for among so many of the newest. */
    private static final int SEARCHED = 64;

    /** What an element takes beside its bytes, which are about as many once more when they are decoded. */
    private static final int OVERHEAD = 400;

    private static final Log NO_LOG = new Log(null, List.of());

    /**
     * What a store's answer consists of.
     *
     * @param <V> an element as the store keeps it
     */
    public interface Format<V> {

        /** The element's id; null if that cannot be read. */
        @Nullable
        UUID id(V value);

        /** Null if it is malformed, or of a newer release. */
        @Nullable
        Element element(V value);

        int bytes(V value);
    }

    /** @param gap how many elements were new when the log was read last */
    private record Known(Log log, Offset head, long bytes, int gap) {

        /** How many elements are newer; negative if the element is not among the newest. */
        int newerThan(UUID id) {
            List<Element> elements = log.elements();
            int last = Math.min(elements.size(), SEARCHED);
            for (int i = 0; i < last; i++) {
                if (elements.get(i).id().equals(id)) {
                    return i;
                }
            }
            return -1;
        }
    }

    private final ToIntFunction<Partition> kept;
    private final int fewest;
    private final Cache<Partition, Known> logs;

    /**
     * Remembers nothing yet.
     *
     * @param maxBytes about how much memory the elements may take
     * @param kept how many elements of a log are remembered at most
     * @param fewest how many elements of a log that has not changed much lately are asked for
     */
    public RememberedLogs(long maxBytes, ToIntFunction<Partition> kept, int fewest) {
        this.kept = kept;
        this.fewest = fewest;
        logs = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Partition partition, Known known) -> (int) Math.min(
                        Integer.MAX_VALUE,
                        OVERHEAD * (1L + known.log().elements().size()) + 3 * known.bytes()))
                .executor(Runnable::run)
                .build();
    }

    /** How many of the newest elements are to be asked for, in one command; {@link #WHOLE} for all. */
    public int asked(Partition partition) {
        Known known = logs.getIfPresent(partition);
        if (known == null) {
            return WHOLE;
        }
        int asked = fewest + 2 * known.gap();
        return asked > MOST_ASKED ? WHOLE : asked;
    }

    /**
     * The log, if it is known at least up to a head that was read before.
     *
     * @return null if it has to be read
     */
    public @Nullable Log upTo(Partition partition, Offset head) {
        Known known = logs.getIfPresent(partition);
        return known != null && known.head().server().equals(head.server()) && known.newerThan(head.element()) >= 0
                ? known.log()
                : null;
    }

    /**
     * The log of which a server has answered with the newest elements.
     *
     * @param server its ids, as offsets carry them
     * @param newest newest first
     * @param asked how many were asked for
     * @return null if they do not reach down to what is known, so that the whole is to be asked for
     */
    public <V> @Nullable Log joined(Partition partition, String server, List<V> newest, int asked, Format<V> format) {
        Known known = logs.getIfPresent(partition);
        if (known != null && !known.head().server().equals(server)) {
            known = null;
        }
        List<Element> elements = new ArrayList<>(Math.min(newest.size(), MOST_ASKED));
        long bytes = 0;
        for (V value : newest) {
            UUID id = format.id(value);
            int newer = known == null || id == null ? -1 : known.newerThan(id);
            if (known != null && newer >= 0 && (newer == 0 || elements.isEmpty())) {
                return elements.isEmpty() ? since(known, newer) : joined(partition, known, elements, bytes);
            }
            Element element = id == null ? null : format.element(value);
            if (element == null) {
                return NO_LOG;
            }
            elements.add(element);
            bytes += format.bytes(value);
        }
        if (newest.size() >= asked) {
            return null;
        }
        return elements.isEmpty() ? NO_LOG : remembered(partition, server, elements, bytes, 0);
    }

    /** The log as it was read before, or as it was before that: somebody else's later answer was faster. */
    private static Log since(Known known, int newer) {
        List<Element> elements = known.log().elements();
        return newer == 0
                ? known.log()
                : new Log(
                        new Offset(elements.get(newer).id(), known.head().server()),
                        elements.subList(newer, elements.size()));
    }

    private Log joined(Partition partition, Known known, List<Element> newer, long bytes) {
        List<Element> older = known.log().elements();
        int most = Math.max(newer.size(), kept.applyAsInt(partition));
        int stay = Math.min(older.size(), most - newer.size());
        List<Element> elements = new ArrayList<>(newer.size() + stay);
        elements.addAll(newer);
        elements.addAll(older.subList(0, stay));
        long all = bytes + known.bytes() * stay / older.size();
        return remembered(partition, known.head().server(), elements, all, newer.size());
    }

    private Log remembered(Partition partition, String server, List<Element> elements, long bytes, int gap) {
        Offset head = new Offset(elements.get(0).id(), server);
        Log log = new Log(head, elements);
        logs.put(partition, new Known(log, head, bytes, gap));
        return log;
    }
}
