package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** A province, state, county or the like of a territory, by ISO 3166-2. */
@Entity
class Subdivision {

    @Id
    private int id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "territory_id")
    private Territory territory;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    private @Nullable Subdivision parent;

    private String code;

    private @Nullable String name;

    @SuppressWarnings("NullAway.Init")
    protected Subdivision() {}

    String code() {
        return code;
    }

    @Nullable
    Subdivision parent() {
        return parent;
    }

    @Nullable
    String name() {
        return name;
    }
}
