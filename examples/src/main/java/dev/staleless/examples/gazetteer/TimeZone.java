package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;

/** A time zone of a territory. */
@Entity
class TimeZone {

    @Id
    private String id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "territory_id")
    private Territory territory;

    private String city;

    @SuppressWarnings("NullAway.Init")
    protected TimeZone() {}

    String id() {
        return id;
    }

    String city() {
        return city;
    }
}
