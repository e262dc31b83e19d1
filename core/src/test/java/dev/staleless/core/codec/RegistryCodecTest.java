package dev.staleless.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegistryCodecTest {

    private static final UUID CREATION = Samples.uuid(1);
    private static final byte[] NOTHING = {};

    private final List<byte[]> fields = new ArrayList<>();

    private Registry decoded() {
        return RegistryCodec.decode(fields, Samples.SERVER);
    }

    private void creation(String server) {
        fields.add(RegistryCodec.creationField());
        fields.add(RegistryCodec.encodeCreation(new RegistryCodec.Creation(CREATION, server)));
    }

    private void version(UUID creation, long version) {
        fields.add(RegistryCodec.versionField(creation));
        fields.add(RegistryCodec.encodeVersion(version));
    }

    private void mark() {
        fields.add(MarkCodec.encode(Samples.mark()));
        fields.add(NOTHING);
    }

    @Test
    void registryIsReadFromItsFieldsInAnyOrder() {
        mark();
        version(CREATION, 7);
        version(Samples.uuid(2), 9);
        creation(Samples.SERVER);
        assertThat(decoded()).isEqualTo(new Registry(CREATION, 7L, List.of(Samples.mark())));
    }

    @Test
    void nothingIsNoRegistry() {
        assertThat(decoded()).isEqualTo(new Registry(null, null, List.of()));
    }

    @Test
    void versionOfAnotherCreationMarkDoesNotCount() {
        creation(Samples.SERVER);
        version(Samples.uuid(2), 9);
        assertThat(decoded()).isEqualTo(new Registry(CREATION, null, List.of()));
    }

    @Test
    void creationMarkOfAnotherServerDoesNotCount() {
        creation("another");
        version(CREATION, 7);
        mark();
        assertThat(decoded()).isEqualTo(new Registry(null, null, List.of(Samples.mark())));
    }

    @Test
    void fieldThatCannotBeReadTakesTheCreationMarkAway() {
        creation(Samples.SERVER);
        version(CREATION, 7);
        fields.add(Arrays.copyOf(MarkCodec.encode(Samples.mark()), 20));
        fields.add(NOTHING);
        assertThat(decoded()).isEqualTo(new Registry(null, null, List.of()));
    }

    @Test
    void creationMarkOrVersionThatCannotBeReadIsMissing() {
        creation(Samples.SERVER);
        fields.add(RegistryCodec.versionField(CREATION));
        fields.add(NOTHING);
        assertThat(decoded()).isEqualTo(new Registry(CREATION, null, List.of()));
        fields.set(1, NOTHING);
        assertThat(decoded()).isEqualTo(new Registry(null, null, List.of()));
    }
}
