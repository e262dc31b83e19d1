package dev.staleless.core.coordination;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A directory as the text kept in the state's row. The first line names the format and its version; each further line is a
 * table, its fields separated by tabs:
 *
 * <pre>schema  table  generation  { column  kind  precision  scale  equality }...</pre>
 *
 * <p>Tables stand in their order, so equal directories are equal texts. In names, backslash, tab and line ends are escaped.
 * What cannot be read is refused as a whole: half a directory would leave writes unreported. The version is also that of the
 * changelog's partitions: nodes that would append to other logs than are read do not meet in one namespace.
 */
public final class DirectoryCodec {

    private static final String HEADER = "directory 3";
    private static final int TABLE_FIELDS = 3;
    private static final int COLUMN_FIELDS = 5;

    private DirectoryCodec() {}

    public static String encode(Directory directory) {
        StringBuilder text = new StringBuilder(HEADER);
        for (Map.Entry<TableName, Directory.Entry> table : new TreeMap<>(directory.entries()).entrySet()) {
            text.append('\n').append(escape(table.getKey().schema()));
            text.append('\t').append(escape(table.getKey().name()));
            text.append('\t').append(table.getValue().generation());
            for (Directory.PartitionColumn column : table.getValue().partitionColumns()) {
                ColumnType type = column.type();
                text.append('\t').append(escape(column.name())).append('\t').append(type.kind());
                text.append('\t').append(type.precision()).append('\t').append(type.scale());
                text.append('\t').append(type.equality());
            }
        }
        return text.toString();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws CoordinationException if the text is of another format or version, or malformed
     */
    public static Directory decode(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (!lines.get(0).equals(HEADER)) {
            throw new CoordinationException("Directory of an unknown format: " + lines.get(0));
        }
        Map<TableName, Directory.Entry> entries = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            try {
                decodeTable(List.of(line.split("\t", -1)), entries);
            } catch (IllegalArgumentException e) {
                throw new CoordinationException("Malformed line of the directory: " + line, e);
            }
        }
        return new Directory(entries);
    }

    private static void decodeTable(List<String> fields, Map<TableName, Directory.Entry> into) {
        if (fields.size() < TABLE_FIELDS || (fields.size() - TABLE_FIELDS) % COLUMN_FIELDS != 0) {
            throw new IllegalArgumentException("number of fields: " + fields.size());
        }
        List<Directory.PartitionColumn> columns = new ArrayList<>();
        for (int i = TABLE_FIELDS; i < fields.size(); i += COLUMN_FIELDS) {
            columns.add(decodeColumn(fields.subList(i, i + COLUMN_FIELDS)));
        }
        TableName name = new TableName(unescape(fields.get(0)), unescape(fields.get(1)));
        if (into.put(name, new Directory.Entry(Long.parseLong(fields.get(2)), columns)) != null) {
            throw new IllegalArgumentException("table twice: " + name);
        }
    }

    private static Directory.PartitionColumn decodeColumn(List<String> fields) {
        ColumnType type = new ColumnType(
                ColumnType.Kind.valueOf(fields.get(1)),
                Integer.parseInt(fields.get(2)),
                Integer.parseInt(fields.get(3)),
                ColumnType.Equality.valueOf(fields.get(4)));
        return new Directory.PartitionColumn(unescape(fields.get(0)), type);
    }

    private static String escape(String name) {
        return name.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String field) {
        StringBuilder name = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                name.append(c);
                continue;
            }
            if (++i == field.length()) {
                throw new IllegalArgumentException("lone backslash");
            }
            name.append(unescaped(field.charAt(i)));
        }
        return name.toString();
    }

    private static char unescaped(char letter) {
        return switch (letter) {
            case '\\' -> '\\';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> throw new IllegalArgumentException("escape \\" + letter);
        };
    }
}
