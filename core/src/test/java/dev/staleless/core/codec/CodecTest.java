package dev.staleless.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.change.Referred;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.Reclaim;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecTest {

    /** The types of values, each with a sample, its decoder and how two of them compare. */
    enum Format {
        ENTRY(EntryCodec.encode(Samples.entry()), CodecTest::entry),
        PACKED_ENTRY(EntryCodec.encode(Samples.largeEntry()), CodecTest::entry),
        ELEMENT(ElementCodec.encode(Samples.element()), ElementCodec::decode),
        MARK(MarkCodec.encode(Samples.mark()), MarkCodec::decode),
        CREATION(
                RegistryCodec.encodeCreation(new RegistryCodec.Creation(Samples.uuid(11), Samples.SERVER)),
                RegistryCodec::decodeCreation),
        VERSION(
                RegistryCodec.encodeVersion(4294967297L),
                bytes -> registry(bytes, RegistryCodec.versionField(Samples.uuid(11)))
                        .version()),
        VERSION_FIELD(
                RegistryCodec.versionField(Samples.uuid(11)),
                bytes -> registry(RegistryCodec.encodeVersion(1), bytes).version());

        final byte[] sample;
        final Function<byte[], @Nullable Object> decoder;

        Format(byte[] sample, Function<byte[], @Nullable Object> decoder) {
            this.sample = sample;
            this.decoder = decoder;
        }

        private static Registry registry(byte[] version, byte[] versionField) {
            RegistryCodec.Creation creation = new RegistryCodec.Creation(Samples.uuid(11), Samples.SERVER);
            List<byte[]> fields = List.of(
                    RegistryCodec.creationField(), RegistryCodec.encodeCreation(creation), versionField, version);
            return RegistryCodec.decode(fields, Samples.SERVER);
        }
    }

    @Test
    void entryIsReadBackWhole() {
        Entry entry = Samples.entry();
        Entry read = entry(EntryCodec.encode(entry));
        assertThat(read).isNotNull().usingRecursiveComparison().isEqualTo(entry);
    }

    @Test
    void largeEntryIsPackedAndReadBackWhole() {
        Entry entry = Samples.largeEntry();
        byte[] bytes = EntryCodec.encode(entry);
        assertThat(bytes.length).isLessThan(entry.rows().length / 2);
        assertThat(entry(bytes)).isNotNull().usingRecursiveComparison().isEqualTo(entry);
        Reclaim.Living living = new Reclaim.Living(Samples.uuid(2), Set.of(3L, 4294967296L));
        assertThat(EntryCodec.isDead(bytes, living, null)).isFalse();
        assertThat(EntryCodec.isDead(bytes, new Reclaim.Living(Samples.uuid(3), Set.of(3L)), null))
                .isTrue();
    }

    private static @Nullable Entry entry(byte[] bytes) {
        return EntryCodec.decode(bytes, Samples.entry().offsets().keySet());
    }

    @Test
    void entryIsNoneForAReaderOfMoreOrFewerPartitions() {
        Set<Partition> partitions = Samples.entry().offsets().keySet();
        Partition table = Partition.table(Samples.ORDERS);
        byte[] bytes = EntryCodec.encode(Samples.entry());
        assertThat(EntryCodec.decode(bytes, List.of())).isNull();
        assertThat(EntryCodec.decode(bytes, List.of(table))).isNull();
        Set<Partition> more = new HashSet<>(partitions);
        more.add(table);
        assertThat(EntryCodec.decode(bytes, more)).isNull();
    }

    /** The offsets are then those of other logs, in none of which their elements are. */
    @Test
    void entryReadWithOtherPartitionsHasAnOffsetOfNoneOfThem() {
        Partition own = Partition.value(Samples.ORDERS, "customer_id", 5);
        Offset offset = new Offset(Samples.uuid(3), Samples.SERVER);
        Entry entry = new Entry(
                Samples.uuid(1),
                new byte[] {1},
                Samples.uuid(2),
                Map.of(Samples.ORDERS, 1L),
                Map.of(own, offset),
                new byte[0]);
        Partition other = Partition.value(Samples.ORDERS, "customer_id", 6);
        Entry read = EntryCodec.decode(EntryCodec.encode(entry), List.of(other));
        assertThat(read).isNotNull();
        assertThat(read.offsets()).isEqualTo(Map.of(other, offset));
    }

    @Test
    void entryIsDeadWhenWhatItRestsOnIsNoMore() {
        byte[] bytes = EntryCodec.encode(Samples.entry());
        Set<Long> generations = Set.of(3L, 4294967296L, 9L);
        Reclaim.Living living = new Reclaim.Living(Samples.uuid(2), generations);
        Set<String> servers = Set.of(Samples.SERVER, "another", "third");
        assertThat(EntryCodec.isDead(bytes, living, servers)).isFalse();
        assertThat(EntryCodec.isDead(bytes, living, null)).isFalse();
        assertThat(EntryCodec.isDead(bytes, living, Set.of("another"))).isTrue();
        assertThat(EntryCodec.isDead(bytes, new Reclaim.Living(Samples.uuid(3), generations), servers))
                .isTrue();
        assertThat(EntryCodec.isDead(bytes, new Reclaim.Living(Samples.uuid(2), Set.of(3L)), servers))
                .isTrue();
        // the rows are not needed
        byte[] beginning = Arrays.copyOf(
                bytes, bytes.length - Integer.BYTES - Samples.entry().rows().length);
        assertThat(EntryCodec.isDead(beginning, living, Set.of())).isTrue();
        assertThat(EntryCodec.isDead(beginning, living, servers)).isFalse();
    }

    @Test
    void whatIsNotKnownToBeAnEntryIsNotDead() {
        Reclaim.Living living = new Reclaim.Living(Samples.uuid(99), Set.of());
        byte[] newer = EntryCodec.encode(Samples.entry());
        newer[1]++;
        byte[] older = EntryCodec.encode(Samples.entry());
        older[1]--;
        assertThat(EntryCodec.isDead(newer, living, Set.of())).isFalse();
        assertThat(EntryCodec.isDead(older, living, Set.of())).isTrue();
        for (byte[] bytes : List.of(new byte[0], new byte[] {'E'}, Format.ELEMENT.sample)) {
            assertThat(EntryCodec.isDead(bytes, living, Set.of())).isFalse();
        }
    }

    @Test
    void entryHasAGenerationForEachTableOfItsPartitions() {
        Entry sample = Samples.entry();
        Entry fewer = new Entry(
                sample.id(), sample.key(), sample.epoch(), Map.of(Samples.ORDERS, 3L), sample.offsets(), sample.rows());
        assertThatThrownBy(() -> EntryCodec.encode(fewer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startElementIsShort() {
        Element start = new Element(Samples.uuid(1), new UUID(0, 0), List.of());
        byte[] bytes = ElementCodec.encode(start);
        assertThat(bytes).hasSize(23);
        assertThat(ElementCodec.decode(bytes)).isEqualTo(start);
    }

    @Test
    void elementIsReadBackWhole() {
        Element element = Samples.element();
        byte[] bytes = ElementCodec.encode(element);
        assertThat(ElementCodec.decode(bytes)).isEqualTo(element);
        assertThat(ElementCodec.id(bytes)).isEqualTo(element.id());
    }

    @Test
    void setOfManyValuesIsReadBackWhole() {
        Set<Object> values = Set.of(1L, 2L, "a", true, ByteBuffer.wrap(new byte[] {7}));
        assertThat(written(new AbstractValue.OneOf(values))).isEqualTo(new AbstractValue.OneOf(values));
    }

    @Test
    void marksOfEveryFormAreReadBackAndEqualMarksAreEqualBytes() {
        Mark mark = Samples.mark();
        Mark all = new Mark(mark.table(), mark.transaction(), mark.node(), null, null);
        Mark tableOnly = new Mark(mark.table(), mark.transaction(), mark.node(), Set.of(), "");
        for (Mark each : List.of(mark, all, tableOnly)) {
            assertThat(MarkCodec.decode(MarkCodec.encode(each))).isEqualTo(each);
        }
        Mark again = new Mark(
                mark.table(),
                mark.transaction(),
                mark.node(),
                Set.of("public.orders:id=1f", "public.orders:*3"),
                mark.session());
        assertThat(MarkCodec.encode(again)).isEqualTo(MarkCodec.encode(mark));
    }

    @Test
    void valueWithoutCanonicalFormIsWrittenAsUnknown() {
        assertThat(written(new AbstractValue.Exact(Parameters.OPAQUE))).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(written(new AbstractValue.Exact(1))).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(written(new AbstractValue.OneOf(Set.of(1L, Parameters.OPAQUE))))
                .isEqualTo(AbstractValue.UNKNOWN);
        assertThat(written(new AbstractValue.Range(1L, true, Parameters.OPAQUE, true)))
                .isEqualTo(AbstractValue.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void everyTruncationIsMalformed(Format format) {
        for (int length = 0; length < format.sample.length; length++) {
            assertThat(format.decoder.apply(Arrays.copyOf(format.sample, length)))
                    .as("%s bytes", length)
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedBitIsMalformed(Format format) {
        for (int bit = 0; bit < Byte.SIZE * format.sample.length; bit++) {
            byte[] changed = format.sample.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(format.decoder.apply(changed)).as("bit %s", bit).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesAreMalformed(Format format) {
        Random random = new Random(20261123);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            assertThat(format.decoder.apply(bytes)).isNull();
        }
    }

    /** What a faulty or newer writer could leave: the checksum is right, the content is not. */
    @ParameterizedTest
    @EnumSource
    void corruptionUnderARightChecksumNeverThrows(Format format) {
        Random random = new Random(20261123);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = Arrays.copyOf(format.sample, format.sample.length - random.nextInt(8));
            for (int n = random.nextInt(4); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            format.decoder.apply(resealed(changed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherVersionAndOtherTypeAreMalformed(Format format) {
        byte[] version = format.sample.clone();
        version[1]++;
        byte[] type = format.sample.clone();
        type[0] = 'X';
        assertThat(format.decoder.apply(resealed(version))).isNull();
        assertThat(format.decoder.apply(resealed(type))).isNull();
    }

    @Test
    void unknownKindOfEventIsMalformed() {
        BinaryWriter out = new BinaryWriter('L');
        out.uuid(Samples.uuid(1));
        out.unsigned(3);
        out.uuid(Samples.uuid(2));
        Names.writeTable(out, Samples.ORDERS);
        out.octet(6);
        out.octet(4);
        byte[] bytes = out.seal();
        assertThat(ElementCodec.decode(bytes)).isNull();
        assertThat(ElementCodec.id(bytes)).isEqualTo(Samples.uuid(1));
    }

    @Test
    void bytesLeftOverAreMalformed() {
        byte[] sample = Format.MARK.sample;
        assertThat(MarkCodec.decode(resealed(Arrays.copyOf(sample, sample.length + 1))))
                .isNull();
    }

    /** Nodes of different releases share one store: a change of the format needs another version, and this file. */
    @Test
    void formatIsPinned() throws IOException {
        Properties golden = golden("format-3.properties");
        for (Format format : Format.values()) {
            String expected = golden.getProperty(format.name());
            assertThat(HexFormat.of().formatHex(format.sample))
                    .as(format.name())
                    .isEqualTo(expected);
        }
    }

    /** Nodes of the previous format meet no truth here that is not one: what they wrote is a miss. */
    @Test
    void whatThePreviousFormatWroteIsMalformed() throws IOException {
        Properties previous = golden("format-2.properties");
        for (Format format : Format.values()) {
            byte[] bytes = HexFormat.of().parseHex(previous.getProperty(format.name(), previous.getProperty("ENTRY")));
            assertThat(format.decoder.apply(bytes)).as(format.name()).isNull();
        }
    }

    private static Properties golden(String name) throws IOException {
        Properties golden = new Properties();
        try (InputStream file = CodecTest.class.getResourceAsStream(name)) {
            golden.load(file);
        }
        return golden;
    }

    @Test
    void whatIsKnownOfTheStatementOfAnEventIsReadAgain() {
        ChangeEvent deleted = ChangeEvent.delete(Samples.ITEMS, new Image(Map.of("id", new AbstractValue.Exact(1L))));
        List<ChangeEvent> events = List.of(
                deleted.asOneWay(),
                deleted.asOrphanOf(new Referred(Samples.ORDERS, List.of("a", "b"))),
                deleted.asOneWay().asOrphanOf(new Referred(Samples.ORDERS, List.of("a"))),
                ChangeEvent.insert(Samples.ORDERS, Image.UNKNOWN).asOneWay());
        Element element = new Element(Samples.uuid(1), Samples.uuid(2), events);
        Element read = ElementCodec.decode(ElementCodec.encode(element));
        assertThat(read).isNotNull();
        assertThat(read.events()).isEqualTo(events);
    }

    private static AbstractValue written(AbstractValue value) {
        ChangeEvent event = ChangeEvent.insert(Samples.ORDERS, new Image(Map.of("a", value)));
        Element element = new Element(Samples.uuid(1), Samples.uuid(2), List.of(event));
        Element read = ElementCodec.decode(ElementCodec.encode(element));
        assertThat(read).isNotNull();
        Image after = read.events().get(0).after();
        assertThat(after).isNotNull();
        return after.get("a");
    }

    private static byte[] resealed(byte[] bytes) {
        byte[] sealed = bytes.clone();
        CRC32C checksum = new CRC32C();
        checksum.update(sealed, 0, sealed.length - Integer.BYTES);
        ByteBuffer.wrap(sealed).putInt(sealed.length - Integer.BYTES, (int) checksum.getValue());
        return sealed;
    }
}
