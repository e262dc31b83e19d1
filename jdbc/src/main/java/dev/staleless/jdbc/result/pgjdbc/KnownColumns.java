package dev.staleless.jdbc.result.pgjdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Descriptions of columns that were decoded before, by their bytes: all results of a query have the same. Safe for any thread. */
final class KnownColumns {

    /** More queries than this are not remembered at a time. */
    private static final int MOST = 2_000;

    private final Map<Part, List<ColumnDescription>> known = new ConcurrentHashMap<>();

    /** Part of an array. What is remembered is a copy. */
    private static final class Part {
        private final byte[] bytes;
        private final int start;
        private final int end;
        private final int hash;

        Part(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.start = start;
            this.end = end;
            CRC32 crc = new CRC32();
            crc.update(bytes, start, end - start);
            hash = (int) crc.getValue();
        }

        Part copy() {
            return new Part(Arrays.copyOfRange(bytes, start, end), 0, end - start);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part && Arrays.equals(bytes, start, end, part.bytes, part.start, part.end);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    List<ColumnDescription> of(byte[] bytes, int start, int end) {
        Part part = new Part(bytes, start, end);
        List<ColumnDescription> columns = known.get(part);
        if (columns == null) {
            Part copy = part.copy();
            columns = ResultCodec.decodeColumns(copy.bytes);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(copy, columns);
        }
        return columns;
    }
}
