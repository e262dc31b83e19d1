package dev.staleless.core.protocol;

import static dev.staleless.core.protocol.Fixtures.ITEM;
import static dev.staleless.core.protocol.Fixtures.OTHER;
import static dev.staleless.core.protocol.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChangeBufferTest {

    private final ChangeBuffer buffer = new ChangeBuffer();

    @Test
    void goingBackDropsWhatWasKeptSince() {
        buffer.add(List.of(update(ITEM, 1)));
        long first = buffer.mark();
        buffer.add(List.of(update(ITEM, 2)));
        buffer.mark();
        buffer.add(List.of(update(OTHER, 3)));
        buffer.backTo(first);
        assertThat(buffer.events()).containsExactly(update(ITEM, 1));
        buffer.add(List.of(update(ITEM, 4)));
        buffer.backTo(first);
        assertThat(buffer.events()).containsExactly(update(ITEM, 1));
    }

    @Test
    void goingBackDropsThatEverythingMayBeChanged() {
        long position = buffer.mark();
        buffer.addEverything("a statement nobody understood");
        assertThat(buffer.everything()).isNotNull();
        buffer.backTo(position);
        assertThat(buffer.everything()).isNull();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void pastItsBoundTheEventsOfATableAreOne() {
        LongStream.rangeClosed(1, ChangeBuffer.MAX_EVENTS).forEach(id -> buffer.add(List.of(update(ITEM, id))));
        assertThat(buffer.events()).hasSize(ChangeBuffer.MAX_EVENTS);
        buffer.add(List.of(update(ITEM, 1_000), update(OTHER, 1)));
        assertThat(buffer.events()).hasSize(2).contains(update(OTHER, 1));
    }

    @Test
    void theBoundHoldsOverSavepointsToo() {
        for (long id = 1; id <= 1_000; id++) {
            buffer.mark();
            buffer.add(List.of(update(ITEM, id)));
        }
        assertThat(buffer.events()).hasSize(1);
    }

    @Test
    void goingBackToASavepointOlderThanAreToldApartDropsNothingFromBefore() {
        buffer.add(List.of(update(ITEM, 1)));
        long second = buffer.mark();
        for (int i = 0; i < 1_000; i++) {
            buffer.mark();
        }
        buffer.add(List.of(update(ITEM, 2)));
        buffer.backTo(second);
        assertThat(buffer.events()).containsExactly(update(ITEM, 1));
    }

    @Test
    void aSavepointFromBeforeAReportIsStillOne() {
        long position = buffer.mark();
        buffer.add(List.of(update(ITEM, 1)));
        buffer.clear();
        buffer.add(List.of(update(ITEM, 2)));
        buffer.backTo(position);
        assertThat(buffer.isEmpty()).isTrue();
    }
}
