package dev.staleless.jdbc.result.h2;

import dev.staleless.jdbc.result.bytes.ByteSink;
import dev.staleless.jdbc.result.bytes.ByteSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.value.ExtTypeInfo;
import org.h2.value.ExtTypeInfoEnum;
import org.h2.value.ExtTypeInfoGeometry;
import org.h2.value.ExtTypeInfoNumeric;
import org.h2.value.ExtTypeInfoRow;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a type.
 *
 * <pre>
 * type      = (code + 1):1 precision:8 scale:4 extension
 * extension = 0 | 1 count:varint label:text* | 2 | 3 type:4 known:1 srid:4 | 4 type | 5 count:varint (name:text type)*
 *             none, enumerators, DECIMAL rather than NUMERIC, geometry, an array's elements, a row's fields
 * </pre>
 */
final class TypeCodec {
    /** Of arrays and rows in one another. */
    static final int MAX_DEPTH = 16;

    private TypeCodec() {}

    /** Writes a type; false if it is of a kind that is not known. */
    static boolean encode(ByteSink sink, TypeInfo type) {
        sink.writeByte(type.getValueType() + 1);
        sink.writeLong(type.getDeclaredPrecision());
        sink.writeInt(type.getDeclaredScale());
        ExtTypeInfo extension = type.getExtTypeInfo();
        if (extension == null) {
            sink.writeByte(0);
            return true;
        } else if (extension instanceof ExtTypeInfoEnum enumeration) {
            sink.writeByte(1);
            sink.writeVarint(enumeration.getCount());
            for (int i = 0; i < enumeration.getCount(); i++) {
                sink.writeText(enumeration.getEnumerator(i));
            }
            return true;
        } else if (extension == ExtTypeInfoNumeric.DECIMAL) {
            sink.writeByte(2);
            return true;
        } else if (extension instanceof ExtTypeInfoGeometry geometry) {
            encode(sink, geometry);
            return true;
        } else if (extension instanceof TypeInfo element) {
            sink.writeByte(4);
            return encode(sink, element);
        }
        return extension instanceof ExtTypeInfoRow row && encode(sink, row);
    }

    private static void encode(ByteSink sink, ExtTypeInfoGeometry geometry) {
        Integer srid = geometry.getSrid();
        sink.writeByte(3);
        sink.writeInt(geometry.getType());
        sink.writeByte(srid == null ? 0 : 1);
        sink.writeInt(srid == null ? 0 : srid);
    }

    private static boolean encode(ByteSink sink, ExtTypeInfoRow row) {
        sink.writeByte(5);
        sink.writeVarint(row.getFields().size());
        boolean known = true;
        for (Map.Entry<String, TypeInfo> field : row.getFields()) {
            sink.writeText(field.getKey());
            known &= encode(sink, field.getValue());
        }
        return known;
    }

    /** Reads a type; null if the bytes are not those of one. */
    static @Nullable TypeInfo decode(ByteSource source, int depth) {
        int code = source.readByte() - 1;
        long precision = source.readLong();
        int scale = source.readInt();
        int extension = source.readByte();
        if (!source.isSound() || code >= Value.TYPE_COUNT || extension > 5 || depth > MAX_DEPTH) {
            return null;
        }
        ExtTypeInfo extended = switch (extension) {
            case 1 -> enumeration(source);
            case 2 -> ExtTypeInfoNumeric.DECIMAL;
            case 3 -> geometry(source);
            case 4 -> decode(source, depth + 1);
            case 5 -> row(source, depth);
            default -> null;
        };
        boolean whole = source.isSound() && (extension == 0 || extended != null);
        return whole ? new TypeInfo(code, precision, scale, extended) : null;
    }

    private static @Nullable ExtTypeInfo enumeration(ByteSource source) {
        int count = source.readVarint();
        if (count == 0 || count > source.left()) {
            return null;
        }
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) {
            String label = source.readText();
            if (label == null) {
                return null;
            }
            labels[i] = label;
        }
        return source.isSound() ? new ExtTypeInfoEnum(labels) : null;
    }

    private static ExtTypeInfo geometry(ByteSource source) {
        int type = source.readInt();
        boolean known = source.readByte() == 1;
        int srid = source.readInt();
        return new ExtTypeInfoGeometry(type, known ? Integer.valueOf(srid) : null);
    }

    private static @Nullable ExtTypeInfo row(ByteSource source, int depth) {
        int count = source.readVarint();
        LinkedHashMap<String, TypeInfo> fields = new LinkedHashMap<>();
        for (int i = 0; i < count && source.isSound(); i++) {
            String name = source.readText();
            TypeInfo type = decode(source, depth + 1);
            if (name == null || type == null) {
                return null;
            }
            fields.put(name, type);
        }
        return fields.size() == count ? new ExtTypeInfoRow(fields) : null;
    }
}
