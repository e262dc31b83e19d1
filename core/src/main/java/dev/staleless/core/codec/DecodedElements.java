package dev.staleless.core.codec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.changelog.Element;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Elements that were decoded before: a log that is read again, of which one or two elements are new, costs no more than these. What
 * it returns is what {@link ElementCodec#decode} does, for it compares all bytes. Bounded; safe for any thread.
 */
public final class DecodedElements {

    /** What an element takes beside its bytes, which are about as many once more. */
    private static final int OVERHEAD = 400;

    private record Decoded(byte[] bytes, Element element) {}

    private final Cache<UUID, Decoded> known;

    /** @param maxBytes about how much memory they may take */
    public DecodedElements(long maxBytes) {
        known = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((UUID id, Decoded decoded) -> OVERHEAD + 3 * decoded.bytes().length)
                .executor(Runnable::run)
                .build();
    }

    /**
     * The element.
     *
     * @param bytes not to be changed afterwards
     * @return null if it is malformed, or of a newer release
     */
    public @Nullable Element of(byte[] bytes) {
        UUID id = ElementCodec.id(bytes);
        Decoded before = id == null ? null : known.getIfPresent(id);
        if (before != null && Arrays.equals(before.bytes(), bytes)) {
            return before.element();
        }
        Element element = ElementCodec.decode(bytes);
        if (element != null) {
            known.put(element.id(), new Decoded(bytes, element));
        }
        return element;
    }
}
