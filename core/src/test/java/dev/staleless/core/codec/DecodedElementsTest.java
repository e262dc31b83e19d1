package dev.staleless.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Element;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecodedElementsTest {

    private static final UUID ID = new UUID(1, 2);
    private static final TableName TABLE = new TableName("public", "item");

    private final DecodedElements decoded = new DecodedElements(1 << 20);

    private static byte[] bytes(ChangeEvent... events) {
        return ElementCodec.encode(new Element(ID, new UUID(3, 4), List.of(events)));
    }

    @Test
    void theSameBytesAreTheSameElement() {
        byte[] bytes = bytes(ChangeEvent.any(TABLE));
        Element first = decoded.of(bytes);
        assertThat(first).isEqualTo(ElementCodec.decode(bytes));
        assertThat(decoded.of(bytes.clone())).isSameAs(first);
    }

    @Test
    void otherBytesUnderTheSameIdAreDecoded() {
        assertThat(decoded.of(bytes(ChangeEvent.any(TABLE)))).isNotNull();
        byte[] other = bytes(ChangeEvent.truncate(TABLE));
        assertThat(decoded.of(other)).isEqualTo(ElementCodec.decode(other));
    }

    @Test
    void whatIsMalformedIsNoElementThoughItsIdIsKnown() {
        byte[] bytes = bytes(ChangeEvent.any(TABLE));
        assertThat(decoded.of(bytes)).isNotNull();
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        assertThat(ElementCodec.decode(cut)).isNull();
        assertThat(decoded.of(cut)).isNull();
        assertThat(decoded.of(new byte[0])).isNull();
    }
}
