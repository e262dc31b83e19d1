package dev.staleless.jdbc.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyDigestTest {

    private static final String HIGH = String.valueOf(Character.toChars(0xD83D));
    private static final String LOW = String.valueOf(Character.toChars(0xDE00));

    private static String digest(String... texts) {
        KeyDigest digest = new KeyDigest();
        Arrays.stream(texts).forEach(digest::text);
        return Arrays.toString(digest.finish());
    }

    @Test
    void textsThatDifferInHalvesOfSurrogatePairsDiffer() {
        List<String> texts = List.of("?", "??", HIGH, LOW, LOW + HIGH, HIGH + LOW, HIGH + HIGH, "a" + HIGH, "\0", "");
        Set<String> digests = new HashSet<>();
        texts.forEach(text -> digests.add(digest(text)));
        assertThat(digests).hasSameSizeAs(texts);
    }

    @Test
    void partsAreToldApart() {
        assertThat(digest("a", "b")).isNotEqualTo(digest("ab")).isNotEqualTo(digest("", "ab"));
        assertThat(digest(HIGH, "a")).isNotEqualTo(digest(HIGH + "a"));
    }
}
