package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A period in which a currency is or was in use in a territory; without an end it still is. */
@Entity
class TerritoryCurrency {

    @Id
    @GeneratedValue(generator = "territory_currency_id_seq")
    @SequenceGenerator(name = "territory_currency_id_seq", allocationSize = 10)
    private @Nullable Integer id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "territory_id")
    private Territory territory;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "currency_code")
    private Currency currency;

    private @Nullable LocalDate validFrom;

    private @Nullable LocalDate validTo;

    private boolean tender;

    @SuppressWarnings("NullAway.Init")
    protected TerritoryCurrency() {}

    Territory territory() {
        return territory;
    }

    Currency currency() {
        return currency;
    }

    @Nullable
    LocalDate validFrom() {
        return validFrom;
    }

    @Nullable
    LocalDate validTo() {
        return validTo;
    }

    boolean tender() {
        return tender;
    }
}
