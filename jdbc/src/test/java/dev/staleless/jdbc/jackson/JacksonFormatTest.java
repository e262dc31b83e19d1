package dev.staleless.jdbc.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.staleless.jdbc.computed.ValueFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JacksonFormatTest {

    record View(int id, String name) {}

    /** Shows something that cannot be read back. */
    public static final class OneWay {
        public int getId() {
            return 1;
        }
    }

    /** Has a part that is not written. */
    record Partly(int id, @JsonIgnore String secret) {}

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void whatComesBackIsTheSame() throws IOException {
        ValueFormat<List<View>> format = JacksonFormat.of(mapper, new TypeReference<>() {});
        List<View> views = List.of(new View(1, "one"), new View(2, "two"));
        assertThat(format.read(format.write(views))).isEqualTo(views);
    }

    @Test
    void whatDoesNotComeBackIsRefused() {
        assertThatThrownBy(() -> JacksonFormat.of(mapper, OneWay.class).write(new OneWay()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theFormOfAnotherReleaseIsRefused() {
        ValueFormat<View> format = JacksonFormat.of(mapper, View.class);
        for (String other : List.of("{\"id\":1}", "{\"id\":1,\"name\":\"x\",\"more\":2}", "[]")) {
            assertThatThrownBy(() -> format.read(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPartThatIsNotWrittenIsLost() throws IOException {
        ValueFormat<Partly> format = JacksonFormat.of(mapper, Partly.class);
        assertThat(format.read(format.write(new Partly(1, "secret"))).secret()).isNull();
    }
}
