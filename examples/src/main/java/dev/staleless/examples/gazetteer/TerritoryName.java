package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** What a territory is called in one locale. */
@Entity
@DynamicUpdate
class TerritoryName {

    @Id
    @GeneratedValue(generator = "territory_name_id_seq")
    @SequenceGenerator(name = "territory_name_id_seq", allocationSize = 10)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "territory_id")
    private Territory territory;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "locale_tag")
    private NameLocale locale;

    private String name;

    private @Nullable String shortName;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init")
    protected TerritoryName() {}

    TerritoryName(Territory territory, NameLocale locale, String name) {
        this.territory = territory;
        this.locale = locale;
        this.name = name;
    }

    void rename(String newName) {
        name = newName;
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("Not stored yet: " + name);
        }
        return id;
    }

    Territory territory() {
        return territory;
    }

    NameLocale locale() {
        return locale;
    }

    String name() {
        return name;
    }

    @Nullable
    String shortName() {
        return shortName;
    }

    int version() {
        return version;
    }
}
