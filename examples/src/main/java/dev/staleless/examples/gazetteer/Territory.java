package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.jspecify.annotations.Nullable;

/**
 * A country or a territory of one, the row that the application edits. An update names the columns that have changed
 * and no others.
 */
@Entity
@DynamicUpdate
class Territory {

    @Id
    @GeneratedValue(generator = "territory_id_seq")
    @SequenceGenerator(name = "territory_id_seq", allocationSize = 10)
    private @Nullable Integer id;

    private String code;

    private @Nullable String alpha3;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "region_code")
    private @Nullable Region region;

    private @Nullable Long population;

    private @Nullable BigDecimal gdp;

    private @Nullable BigDecimal literacyPercent;

    private @Nullable String firstDay;

    private String measures = "metric";

    @Version
    private int version;

    private @Nullable Instant updatedAt;

    @ManyToMany
    @JoinTable(
            name = "territory_group_member",
            joinColumns = @JoinColumn(name = "territory_id"),
            inverseJoinColumns = @JoinColumn(name = "group_code"))
    @OrderBy("name")
    private Set<TerritoryGroup> groups = new LinkedHashSet<>();

    @OneToMany(mappedBy = "territory")
    @OnDelete(action = OnDeleteAction.CASCADE)
    @OrderBy("populationPercent desc")
    private List<TerritoryLanguage> languages = List.of();

    @OneToMany(mappedBy = "territory")
    @OnDelete(action = OnDeleteAction.CASCADE)
    @OrderBy("validFrom desc, id")
    private List<TerritoryCurrency> currencies = List.of();

    @OneToMany(mappedBy = "territory")
    @OnDelete(action = OnDeleteAction.CASCADE)
    @OrderBy("id")
    private List<TerritoryName> names = List.of();

    @OneToMany(mappedBy = "territory")
    @OnDelete(action = OnDeleteAction.CASCADE)
    @OrderBy("code")
    private List<Subdivision> subdivisions = List.of();

    @OneToMany(mappedBy = "territory")
    @OnDelete(action = OnDeleteAction.CASCADE)
    @OrderBy("id")
    private List<TimeZone> timeZones = List.of();

    @SuppressWarnings("NullAway.Init")
    protected Territory() {}

    Territory(TerritoryForm form, @Nullable Region region, Set<TerritoryGroup> groups, Instant now) {
        this.code = form.code();
        this.name = form.name();
        change(form, region, groups, now);
    }

    /** Takes over what the form says; whoever calls has compared the versions. */
    void change(TerritoryForm form, @Nullable Region newRegion, Set<TerritoryGroup> newGroups, Instant now) {
        code = form.code();
        name = form.name();
        region = newRegion;
        population = form.population();
        gdp = form.gdp();
        literacyPercent = form.literacyPercent();
        if (!groups.equals(newGroups)) {
            groups.retainAll(newGroups);
            groups.addAll(newGroups);
        }
        updatedAt = now;
    }

    int id() {
        if (id == null) {
            throw new IllegalStateException("Not stored yet: " + code);
        }
        return id;
    }

    String code() {
        return code;
    }

    @Nullable
    String alpha3() {
        return alpha3;
    }

    String name() {
        return name;
    }

    @Nullable
    Region region() {
        return region;
    }

    @Nullable
    Long population() {
        return population;
    }

    @Nullable
    BigDecimal gdp() {
        return gdp;
    }

    @Nullable
    BigDecimal literacyPercent() {
        return literacyPercent;
    }

    @Nullable
    String firstDay() {
        return firstDay;
    }

    String measures() {
        return measures;
    }

    int version() {
        return version;
    }

    @Nullable
    Instant updatedAt() {
        return updatedAt;
    }

    Set<TerritoryGroup> groups() {
        return groups;
    }

    List<TerritoryLanguage> languages() {
        return languages;
    }

    List<TerritoryCurrency> currencies() {
        return currencies;
    }

    List<TerritoryName> names() {
        return names;
    }

    List<Subdivision> subdivisions() {
        return subdivisions;
    }

    List<TimeZone> timeZones() {
        return timeZones;
    }
}
