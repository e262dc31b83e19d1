package dev.staleless.jdbc.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 digest of a sequence of parts, each with its length, so that no two sequences are written alike. */
final class KeyDigest {
    /** Below this, a length is of a text that is written by its chars; -1 stands for NULL. */
    private static final long MALFORMED = -2;

    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    KeyDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void number(long value) {
        digest.update(number.putLong(0, value).array());
    }

    /** Of a text with half a surrogate pair, for which UTF-8 has but a question mark, every char is written. */
    void text(String value) {
        if (isWellFormed(value)) {
            bytes(value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        number(MALFORMED - value.length());
        for (int i = 0; i < value.length(); i++) {
            number(value.charAt(i));
        }
    }

    private static boolean isWellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c)
                    || i + 1 == value.length()
                    || !Character.isLowSurrogate(value.charAt(i + 1))) {
                return false;
            }
            i++;
        }
        return true;
    }

    void bytes(byte[] value) {
        number(value.length);
        digest.update(value);
    }

    byte[] finish() {
        return digest.digest();
    }
}
