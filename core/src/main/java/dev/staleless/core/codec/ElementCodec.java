package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.change.Referred;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.value.AbstractValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Elements of a log: id, transaction, and the change events in their order. */
public final class ElementCodec {

    private static final char TYPE = 'L';

    /** The transaction of a start element, which is not written. */
    private static final UUID NO_TRANSACTION = new UUID(0, 0);

    private static final int BEFORE = 1;
    private static final int AFTER = 2;
    private static final int ALL_COLUMNS = 4;

    /** Unknown to nodes of before: to them the element is malformed, and what depends on it a miss. */
    private static final int ONE_WAY = 8;

    /** As {@link #ONE_WAY}. */
    private static final int ORPHAN = 16;

    private ElementCodec() {}

    public static byte[] encode(Element element) {
        BinaryWriter out = new BinaryWriter(TYPE);
        out.uuid(element.id());
        boolean named = !element.transaction().equals(NO_TRANSACTION);
        out.unsigned(2L * element.events().size() + (named ? 1 : 0));
        if (named) {
            out.uuid(element.transaction());
        }
        for (ChangeEvent event : element.events()) {
            writeEvent(out, event);
        }
        return out.seal();
    }

    /** Reads what {@link #encode} wrote; null if malformed. */
    public static @Nullable Element decode(byte @Nullable [] bytes) {
        return BinaryReader.decode(bytes, TYPE, ElementCodec::read);
    }

    /**
     * The id of an encoded element, without reading its events; null if type, version or checksum is wrong. It is enough
     * for a head: whoever serves by an equal head, or reads the database after it, needs not know what the element says.
     */
    public static @Nullable UUID id(byte @Nullable [] bytes) {
        return BinaryReader.decodePrefix(bytes, TYPE, BinaryReader::uuid);
    }

    private static Element read(BinaryReader in) {
        UUID id = in.uuid();
        long header = in.unsigned();
        UUID transaction = (header & 1) == 0 ? NO_TRANSACTION : in.uuid();
        int count = in.count(header >>> 1);
        List<ChangeEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(readEvent(in));
        }
        return new Element(id, transaction, events);
    }

    private static void writeEvent(BinaryWriter out, ChangeEvent event) {
        Image before = event.before();
        Image after = event.after();
        Set<String> changed = event.changed().names();
        Names.writeTable(out, event.table());
        out.octet(code(event.kind()));
        out.octet((before != null ? BEFORE : 0)
                | (after != null ? AFTER : 0)
                | (changed == null ? ALL_COLUMNS : 0)
                | (event.oneWay() ? ONE_WAY : 0)
                | (event.orphanOf() != null ? ORPHAN : 0));
        if (before != null) {
            writeImage(out, before);
        }
        if (after != null) {
            writeImage(out, after);
        }
        if (changed != null) {
            out.unsigned(changed.size());
            new TreeSet<>(changed).forEach(out::name);
        }
        Referred referred = event.orphanOf();
        if (referred != null) {
            Names.writeTable(out, referred.table());
            out.unsigned(referred.columns().size());
            referred.columns().forEach(out::name);
        }
    }

    private static ChangeEvent readEvent(BinaryReader in) {
        TableName table = Names.readTable(in);
        ChangeEvent.Kind kind = kind(in.octet());
        int flags = in.octet();
        if (flags > (BEFORE | AFTER | ALL_COLUMNS | ONE_WAY | ORPHAN)) {
            throw new MalformedException("flags of an event");
        }
        Image before = (flags & BEFORE) != 0 ? readImage(in) : null;
        Image after = (flags & AFTER) != 0 ? readImage(in) : null;
        ColumnSet changed = (flags & ALL_COLUMNS) != 0 ? ColumnSet.ALL : readColumns(in);
        Referred orphanOf = (flags & ORPHAN) != 0 ? readReferred(in) : null;
        return new ChangeEvent(table, kind, before, after, changed, (flags & ONE_WAY) != 0, orphanOf);
    }

    private static Referred readReferred(BinaryReader in) {
        TableName table = Names.readTable(in);
        int count = in.count();
        List<String> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(in.name());
        }
        return new Referred(table, columns);
    }

    private static void writeImage(BinaryWriter out, Image image) {
        out.unsigned(image.values().size());
        new TreeMap<>(image.values()).forEach((column, value) -> {
            out.name(column);
            ValueCodec.write(out, value);
        });
    }

    private static Image readImage(BinaryReader in) {
        int count = in.count();
        Map<String, AbstractValue> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String column = in.name();
            if (values.put(column, ValueCodec.read(in)) != null) {
                throw new MalformedException("column twice");
            }
        }
        return new Image(values);
    }

    private static ColumnSet readColumns(BinaryReader in) {
        int count = in.count();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            names.add(in.name());
        }
        return ColumnSet.of(names);
    }

    private static int code(ChangeEvent.Kind kind) {
        return switch (kind) {
            case INSERT -> 1;
            case UPDATE -> 2;
            case DELETE -> 3;
            case TRUNCATE -> 4;
            case ANY -> 5;
        };
    }

    private static ChangeEvent.Kind kind(int code) {
        return switch (code) {
            case 1 -> ChangeEvent.Kind.INSERT;
            case 2 -> ChangeEvent.Kind.UPDATE;
            case 3 -> ChangeEvent.Kind.DELETE;
            case 4 -> ChangeEvent.Kind.TRUNCATE;
            case 5 -> ChangeEvent.Kind.ANY;
            default -> throw new MalformedException("kind of an event");
        };
    }
}
