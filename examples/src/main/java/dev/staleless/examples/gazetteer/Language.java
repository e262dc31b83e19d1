package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** A language that is spoken somewhere. */
@Entity
class Language {

    @Id
    private String code;

    private String name;

    private @Nullable String nativeName;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "script_code")
    private @Nullable Script script;

    @SuppressWarnings("NullAway.Init")
    protected Language() {}

    String code() {
        return code;
    }

    String name() {
        return name;
    }

    @Nullable
    Script script() {
        return script;
    }

    @Nullable
    String nativeName() {
        return nativeName;
    }
}
