package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A language spoken in a territory, and by how many. */
@Entity
@IdClass(TerritoryLanguage.Key.class)
class TerritoryLanguage {

    /** Territory and language, the key of the join table. */
    record Key(int territory, String language) implements Serializable {}

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "territory_id")
    private Territory territory;

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "language_code")
    private Language language;

    private BigDecimal populationPercent;

    private @Nullable BigDecimal writingPercent;

    private @Nullable String officialStatus;

    @SuppressWarnings("NullAway.Init")
    protected TerritoryLanguage() {}

    Territory territory() {
        return territory;
    }

    Language language() {
        return language;
    }

    BigDecimal populationPercent() {
        return populationPercent;
    }

    @Nullable
    BigDecimal writingPercent() {
        return writingPercent;
    }

    @Nullable
    String officialStatus() {
        return officialStatus;
    }
}
