package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.query.Dependency;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ArrayValue;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a value was computed from. A parameter of a class that has no form here is written as one of which nothing is known: {@link
 * #told} says what a reader will get.
 */
public final class DependencyCodec {

    private static final char TYPE = 'D';
    private static final int QUERY = 1;
    private static final int TABLE = 2;
    private static final int ROWS = 5;
    private static final int ARRAY = 3;
    private static final int VALUE = 4;

    private DependencyCodec() {}

    public static byte[] encode(List<Dependency> dependencies) {
        BinaryWriter out = new BinaryWriter(TYPE);
        out.unsigned(dependencies.size());
        for (Dependency dependency : dependencies) {
            if (dependency instanceof Dependency.OfQuery query) {
                out.octet(QUERY);
                write(out, query);
            } else if (dependency instanceof Dependency.OfTable table) {
                out.octet(TABLE);
                write(out, table.table());
            } else if (dependency instanceof Dependency.OfRows rows) {
                out.octet(ROWS);
                write(out, rows.table());
                Map<String, Long> values = new TreeMap<>(rows.values());
                out.unsigned(values.size());
                values.forEach((column, value) -> {
                    out.name(column);
                    out.signed(value);
                });
            }
        }
        return out.seal();
    }

    /** Reads what {@link #encode} wrote; null if malformed. */
    public static @Nullable List<Dependency> decode(byte @Nullable [] bytes) {
        return BinaryReader.decode(bytes, TYPE, in -> {
            int count = in.count();
            List<Dependency> dependencies = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                dependencies.add(read(in));
            }
            return dependencies;
        });
    }

    /** The parameters as {@link #decode} returns them. */
    public static Parameters told(Parameters parameters) {
        BinaryWriter out = new BinaryWriter(TYPE);
        write(out, parameters);
        Parameters told = BinaryReader.decode(out.seal(), TYPE, DependencyCodec::readParameters);
        if (told == null) {
            throw new IllegalStateException("what was written cannot be read: " + parameters);
        }
        return told;
    }

    private static void write(BinaryWriter out, TableName table) {
        out.name(table.schema());
        out.name(table.name());
    }

    private static TableName readTable(BinaryReader in) {
        String schema = in.name();
        return new TableName(schema, in.name());
    }

    private static void write(BinaryWriter out, Dependency.OfQuery query) {
        out.text(query.sql());
        out.unsigned(query.searchPath().size());
        query.searchPath().forEach(out::name);
        write(out, query.parameters());
    }

    private static void write(BinaryWriter out, Parameters parameters) {
        out.unsigned(parameters.size());
        for (Object parameter : parameters.asList()) {
            if (parameter instanceof ArrayValue array) {
                out.octet(ARRAY);
                out.unsigned(array.elements().size());
                array.elements().forEach(element -> ValueCodec.write(out, new AbstractValue.Exact(element)));
            } else {
                out.octet(VALUE);
                ValueCodec.write(out, new AbstractValue.Exact(parameter));
            }
        }
    }

    private static Dependency read(BinaryReader in) {
        int kind = in.octet();
        return switch (kind) {
            case QUERY -> readQuery(in);
            case TABLE -> new Dependency.OfTable(readTable(in));
            case ROWS -> readRows(in);
            default -> throw new MalformedException("dependency");
        };
    }

    private static Dependency readRows(BinaryReader in) {
        TableName table = readTable(in);
        int count = in.count();
        Map<String, Long> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String column = in.name();
            values.put(column, in.signed());
        }
        return new Dependency.OfRows(table, values);
    }

    private static Dependency readQuery(BinaryReader in) {
        String sql = in.text();
        int schemas = in.count();
        List<String> searchPath = new ArrayList<>(schemas);
        for (int i = 0; i < schemas; i++) {
            searchPath.add(in.name());
        }
        return new Dependency.OfQuery(sql, searchPath, readParameters(in));
    }

    private static Parameters readParameters(BinaryReader in) {
        @Nullable Object[] values = new @Nullable Object[in.count()];
        for (int i = 0; i < values.length; i++) {
            int kind = in.octet();
            values[i] = switch (kind) {
                case ARRAY -> readArray(in);
                case VALUE -> value(in);
                default -> throw new MalformedException("parameter");
            };
        }
        return Parameters.of(values);
    }

    private static ArrayValue readArray(BinaryReader in) {
        @Nullable Object[] elements = new @Nullable Object[in.count()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = value(in);
        }
        return ArrayValue.of(elements);
    }

    private static @Nullable Object value(BinaryReader in) {
        AbstractValue value = ValueCodec.read(in);
        if (value instanceof AbstractValue.Exact exact) {
            return exact.value();
        }
        return Parameters.OPAQUE;
    }
}
