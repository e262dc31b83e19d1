package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A writing system. */
@Entity
class Script {

    @Id
    private String code;

    private String name;

    private @Nullable Boolean rightToLeft;

    @SuppressWarnings("NullAway.Init")
    protected Script() {}

    String name() {
        return name;
    }

    boolean rightToLeft() {
        return Boolean.TRUE.equals(rightToLeft);
    }
}
