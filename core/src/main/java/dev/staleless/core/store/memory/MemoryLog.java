package dev.staleless.core.store.memory;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Partition;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A log as of one moment, newest element first. Immutable: head and element change together. Never empty. */
final class MemoryLog {

    private static final UUID NO_TRANSACTION = new UUID(0, 0);

    private final Element[] elements;
    private final int weight;

    private MemoryLog(Element[] elements) {
        this.elements = elements;
        int sum = 1;
        for (Element element : elements) {
            sum += 1 + element.events().size();
        }
        this.weight = sum;
    }

    /** A log of one element without events, of a fresh unique id. */
    static MemoryLog start() {
        return of(new Element(UUID.randomUUID(), NO_TRANSACTION, List.of()));
    }

    static MemoryLog of(Element element) {
        return new MemoryLog(new Element[] {element});
    }

    /** This log with one more element, cut to the newest {@code kept}. */
    MemoryLog append(Element element, int kept) {
        Element[] longer = new Element[Math.min(elements.length + 1, kept)];
        longer[0] = element;
        System.arraycopy(elements, 0, longer, 1, longer.length - 1);
        return new MemoryLog(longer);
    }

    UUID head() {
        return elements[0].id();
    }

    List<Element> elements() {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    /** Elements and events, by which the logs together are bounded. */
    static int weight(Partition partition, MemoryLog log) {
        return log.weight;
    }
}
