package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A currency of today or of the past. */
@Entity
class Currency {

    @Id
    private String code;

    private String name;

    private @Nullable String symbol;

    private short digits;

    private @Nullable Short cashDigits;

    @SuppressWarnings("NullAway.Init")
    protected Currency() {}

    String code() {
        return code;
    }

    String name() {
        return name;
    }

    @Nullable
    String symbol() {
        return symbol;
    }
}
