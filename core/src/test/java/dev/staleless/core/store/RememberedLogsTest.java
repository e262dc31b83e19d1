package dev.staleless.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RememberedLogsTest {

    private static final TableName TABLE = new TableName("public", "item");
    private static final Partition LOG = Partition.table(TABLE);
    private static final int KEPT = 10;
    private static final long SEED = Long.getLong("tests.seed", new Random().nextLong());

    /** Elements as they are; one without events stands for one that is malformed. */
    private static final RememberedLogs.Format<Element> FORMAT = new RememberedLogs.Format<>() {
        @Override
        public UUID id(Element value) {
            return value.id();
        }

        @Override
        public @Nullable Element element(Element value) {
            return value.events().isEmpty() ? null : value;
        }

        @Override
        public int bytes(Element value) {
            return 100;
        }
    };

    private final RememberedLogs remembered = new RememberedLogs(1 << 20, partition -> KEPT, 2);
    private final List<Element> log = new ArrayList<>();

    private static Element element() {
        return new Element(UUID.randomUUID(), UUID.randomUUID(), List.of(ChangeEvent.any(TABLE)));
    }

    private void append(int number) {
        for (int i = 0; i < number; i++) {
            log.add(0, element());
        }
        while (log.size() > KEPT) {
            log.remove(log.size() - 1);
        }
    }

    private @Nullable Log read(String server, int asked) {
        List<Element> newest = List.copyOf(log.subList(0, Math.min(asked, log.size())));
        return remembered.joined(LOG, server, newest, asked, FORMAT);
    }

    private Log read() {
        Log read = read("server", remembered.asked(LOG));
        return read != null ? read : java.util.Objects.requireNonNull(read("server", RememberedLogs.WHOLE));
    }

    @Test
    void newestElementsAreJoinedToWhatIsKnown() {
        append(5);
        assertThat(remembered.asked(LOG)).isEqualTo(RememberedLogs.WHOLE);
        assertThat(read().elements()).isEqualTo(log);
        append(1);
        assertThat(remembered.asked(LOG)).isEqualTo(2);
        assertThat(read("server", 2)).isEqualTo(new Log(new Offset(log.get(0).id(), "server"), log));
    }

    @Test
    void whatDoesNotReachDownToWhatIsKnownIsNoLog() {
        append(5);
        read();
        append(2);
        assertThat(read("server", 2)).isNull();
        append(KEPT);
        assertThat(read("server", RememberedLogs.WHOLE).elements()).isEqualTo(log);
    }

    @Test
    void anotherServersAnswerIsNotJoined() {
        append(5);
        read();
        append(1);
        assertThat(read("another", 2)).isNull();
        log.subList(2, log.size()).clear();
        assertThat(read("another", 3).elements()).isEqualTo(log);
    }

    @Test
    void logThatWasLostAndBeganAnewIsWhatItIs() {
        append(5);
        read();
        log.clear();
        append(1);
        assertThat(read("server", 2).elements()).isEqualTo(log);
        log.clear();
        assertThat(read("server", 2)).isEqualTo(new Log(null, List.of()));
    }

    @Test
    void readerIsToldOfNoLogThatDoesNotReachItsHead() {
        append(3);
        Offset before = read().head();
        assertThat(remembered.upTo(LOG, before).elements()).isEqualTo(log);
        append(1);
        Offset head = new Offset(log.get(0).id(), "server");
        assertThat(remembered.upTo(LOG, head)).isNull();
        assertThat(read().head()).isEqualTo(head);
        assertThat(remembered.upTo(LOG, before).elements()).isEqualTo(log);
        assertThat(remembered.upTo(LOG, new Offset(head.element(), "another"))).isNull();
    }

    @Test
    void answerThatWasOvertakenIsTheLogOfBefore() {
        append(3);
        List<Element> before = List.copyOf(log);
        append(2);
        read();
        Log old = remembered.joined(LOG, "server", before.subList(0, 2), 2, FORMAT);
        assertThat(old).isEqualTo(new Log(new Offset(before.get(0).id(), "server"), before));
        assertThat(remembered.upTo(LOG, new Offset(log.get(0).id(), "server"))).isNotNull();
    }

    @Test
    void malformedElementMakesNoLog() {
        append(3);
        read();
        log.add(0, new Element(UUID.randomUUID(), UUID.randomUUID(), List.of()));
        assertThat(read("server", 2)).isEqualTo(new Log(null, List.of()));
    }

    /** What is told begins as the log does, and goes on with what was trimmed from it, in order. */
    @Test
    void whatIsPutTogetherIsTheLogWhateverHappensToIt() {
        Random random = new Random(SEED);
        List<Element> ever = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int what = random.nextInt(100);
            if (what < 60) {
                append(random.nextInt(4));
                int known = ever.isEmpty() ? log.size() : log.indexOf(ever.get(0));
                ever.addAll(0, log.subList(0, known < 0 ? log.size() : known));
            } else if (what < 62) {
                log.clear();
                ever.clear();
            } else if (what < 64 && log.size() > 1) {
                log.subList(log.size() / 2, log.size()).clear();
            } else {
                Log read = read();
                assertThat(read.elements()).as("seed %s", SEED).startsWith(log.toArray(new Element[0]));
                assertThat(read.elements())
                        .as("seed %s", SEED)
                        .isEqualTo(ever.subList(0, read.elements().size()));
                assertThat(read.head() == null).isEqualTo(log.isEmpty());
            }
        }
    }
}
