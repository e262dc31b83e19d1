package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A group that territories belong to across regions, like the United Nations. */
@Entity
class TerritoryGroup {

    @Id
    private String code;

    private String name;

    @SuppressWarnings("NullAway.Init")
    protected TerritoryGroup() {}

    String code() {
        return code;
    }

    String name() {
        return name;
    }
}
