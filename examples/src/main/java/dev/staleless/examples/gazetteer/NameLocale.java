package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A language, and where needed a script, in which territories have names. */
@Entity
@Table(name = "locale")
class NameLocale {

    @Id
    private String tag;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "script_code")
    private @Nullable Script script;

    @SuppressWarnings("NullAway.Init")
    protected NameLocale() {}

    String tag() {
        return tag;
    }

    String name() {
        return name;
    }

    @Nullable
    Script script() {
        return script;
    }
}
