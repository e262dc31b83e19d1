package dev.staleless.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void keyHasWhatWasPutUnderItLastOrNothing() {
        Recent<Integer, Integer> recent = new Recent<>(16);
        for (int i = 0; i < 1_000; i++) {
            int key = i % 50;
            recent.put(key, i);
            assertThat(recent.get(key)).isEqualTo(i);
            for (int other = 0; other < 50; other++) {
                Integer value = recent.get(other);
                assertThat(value == null || value % 50 == other).isTrue();
            }
        }
    }

    @Test
    void sizeIsAPowerOfTwo() {
        assertThatThrownBy(() -> new Recent<String, String>(12)).hasMessageContaining("12");
    }
}
