package dev.staleless.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in the format of LZ4 ("LZ4 Block Format Description", lz4.org): sequences of literals, and of copies of what came up to 65,535
 * bytes before. Packing looks once at each place and takes the first copy that it finds; unpacking checks every length, and makes
 * something or nothing of any bytes.
 */
final class Lz4 {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HASH_BITS = 12;
    private static final int MIN_COPY = 4;
    private static final int MAX_DISTANCE = 0xFFFF;

    /** A block ends with literals: the last copy begins this far before the end, and ends five bytes before it. */
    private static final int COPY_MARGIN = 12;

    private static final int LAST_LITERALS = 5;

    /** No sequence makes more than this of one byte. */
    private static final int MOST_OF_A_BYTE = 255;

    private static final int NIBBLE = 15;

    private Lz4() {}

    /** Packs bytes, or returns null if that would take more than so many. */
    static byte @Nullable [] pack(byte[] bytes, int most) {
        Packing packing = new Packing(bytes, new byte[most]);
        int size = packing.run();
        return size < 0 ? null : Arrays.copyOf(packing.out, size);
    }

    /** Unpacks what {@link #pack} made; null if it is not a block of exactly this length. */
    static byte @Nullable [] unpack(byte[] packed, long length) {
        if (length < 0 || length > (long) packed.length * MOST_OF_A_BYTE || length > Integer.MAX_VALUE - 8) {
            return null;
        }
        try {
            byte[] out = new byte[(int) length];
            return new Unpacking(packed, out).run() ? out : null;
        } catch (IndexOutOfBoundsException | ArithmeticException malformed) {
            return null;
        }
    }

    private static final class Packing {
        private final byte[] in;
        private final byte[] out;
        private final int[] places = new int[1 << HASH_BITS];
        private int size;

        Packing(byte[] in, byte[] out) {
            this.in = in;
            this.out = out;
        }

        /** The size, or a negative number if it does not fit. */
        int run() {
            int literals = 0;
            int at = 0;
            int lastStart = in.length - COPY_MARGIN;
            while (at <= lastStart) {
                int four = (int) INTS.get(in, at);
                int slot = (four * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
                int before = places[slot] - 1;
                places[slot] = at + 1;
                if (before < 0 || at - before > MAX_DISTANCE || (int) INTS.get(in, before) != four) {
                    // the longer nothing was found, the larger the steps
                    at += 1 + ((at - literals) >> 6);
                    continue;
                }
                int copied = MIN_COPY;
                int end = in.length - LAST_LITERALS;
                while (at + copied < end && in[before + copied] == in[at + copied]) {
                    copied++;
                }
                if (!sequence(literals, at - literals, at - before, copied)) {
                    return -1;
                }
                at += copied;
                literals = at;
            }
            return sequence(literals, in.length - literals, 0, 0) ? size : -1;
        }

        /** Writes literals and a copy of what came a distance before; none at the end. */
        private boolean sequence(int from, int literals, int distance, int copied) {
            int more = copied == 0 ? 0 : copied - MIN_COPY;
            if ((long) size + literals + literals / MOST_OF_A_BYTE + more / MOST_OF_A_BYTE + 8 > out.length) {
                return false;
            }
            out[size++] = (byte) (Math.min(literals, NIBBLE) << 4 | Math.min(more, NIBBLE));
            rest(literals);
            System.arraycopy(in, from, out, size, literals);
            size += literals;
            if (copied > 0) {
                out[size++] = (byte) distance;
                out[size++] = (byte) (distance >>> 8);
                rest(more);
            }
            return true;
        }

        private void rest(int length) {
            for (int left = length - NIBBLE; left >= 0; left -= MOST_OF_A_BYTE) {
                out[size++] = (byte) Math.min(left, MOST_OF_A_BYTE);
            }
        }
    }

    private static final class Unpacking {
        private final byte[] in;
        private final byte[] out;
        private int position;
        private int size;

        Unpacking(byte[] in, byte[] out) {
            this.in = in;
            this.out = out;
        }

        boolean run() {
            while (true) {
                int token = in[position++] & 0xFF;
                int literals = length(token >>> 4);
                System.arraycopy(in, position, out, size, literals);
                position += literals;
                size += literals;
                if (position == in.length) {
                    return size == out.length;
                }
                int distance = in[position] & 0xFF | (in[position + 1] & 0xFF) << 8;
                position += 2;
                if (distance == 0 || distance > size) {
                    return false;
                }
                copy(distance, length(token & NIBBLE) + MIN_COPY);
            }
        }

        private int length(int nibble) {
            int length = nibble;
            if (nibble == NIBBLE) {
                int next;
                do {
                    next = in[position++] & 0xFF;
                    length = Math.addExact(length, next);
                } while (next == MOST_OF_A_BYTE);
            }
            return length;
        }

        /** What is copied may be made by the copy itself. */
        private void copy(int distance, int length) {
            if (length > out.length - size) {
                throw new IndexOutOfBoundsException("a copy beyond the end");
            }
            if (distance >= length) {
                System.arraycopy(out, size - distance, out, size, length);
                size += length;
                return;
            }
            for (int i = 0; i < length; i++, size++) {
                out[size] = out[size - distance];
            }
        }
    }
}
