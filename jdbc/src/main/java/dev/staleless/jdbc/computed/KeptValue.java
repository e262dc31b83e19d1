package dev.staleless.jdbc.computed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is kept.
 *
 * @param bytes null if the value is null
 * @param timed whether something that it depends on is shown only when its time has passed
 */
record KeptValue(byte @Nullable [] bytes, boolean timed) {

    private static final int PRESENT = 1;
    private static final int TIMED = 2;

    byte[] encode() {
        byte[] value = bytes == null ? new byte[0] : bytes;
        byte[] all = new byte[value.length + 1];
        all[0] = (byte) ((bytes == null ? 0 : PRESENT) | (timed ? TIMED : 0));
        System.arraycopy(value, 0, all, 1, value.length);
        return all;
    }

    /** Null if these bytes are of another form. */
    static @Nullable KeptValue decode(byte[] all) {
        if (all.length == 0 || (all[0] & ~(PRESENT | TIMED)) != 0) {
            return null;
        }
        byte[] value = (all[0] & PRESENT) == 0 ? null : Arrays.copyOfRange(all, 1, all.length);
        return new KeptValue(value, (all[0] & TIMED) != 0);
    }
}
