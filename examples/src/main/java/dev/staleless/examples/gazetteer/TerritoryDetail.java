package dev.staleless.examples.gazetteer;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one territory. Dates and times are ISO 8601. */
record TerritoryDetail(
        int id,
        String code,
        @Nullable String alpha3,
        String name,
        @Nullable String region,
        List<String> regionPath,
        @Nullable Long population,
        @Nullable BigDecimal gdp,
        @Nullable BigDecimal literacyPercent,
        @Nullable String firstDay,
        String measures,
        int version,
        @Nullable String updatedAt,
        List<Choice> groups,
        List<Spoken> languages,
        List<Paid> currencies,
        List<Named> names,
        List<Part> subdivisions,
        List<String> timeZones) {

    /** A language spoken in the territory. */
    record Spoken(
            String code,
            String name,
            @Nullable String nativeName,
            BigDecimal percent,
            @Nullable BigDecimal writingPercent,
            @Nullable String status) {}

    /** A currency and when it was in use. */
    record Paid(
            String code,
            String name,
            @Nullable String from,
            @Nullable String to,
            boolean tender) {}

    /** What the territory is called in a locale. */
    record Named(
            String locale,
            String language,
            String name,
            @Nullable String shortName,
            boolean rightToLeft,
            int version) {}

    /** A subdivision, and the code of the one it lies in. */
    record Part(
            String code, @Nullable String name, @Nullable String in) {}

    static TerritoryDetail of(Territory territory) {
        var region = territory.region();
        return new TerritoryDetail(
                territory.id(),
                territory.code(),
                territory.alpha3(),
                territory.name(),
                region == null ? null : region.code(),
                region == null ? List.of() : region.path(),
                territory.population(),
                territory.gdp(),
                territory.literacyPercent(),
                territory.firstDay(),
                territory.measures(),
                territory.version(),
                text(territory.updatedAt()),
                territory.groups().stream()
                        .map(group -> new Choice(group.code(), group.name()))
                        .toList(),
                territory.languages().stream().map(TerritoryDetail::spoken).toList(),
                territory.currencies().stream().map(TerritoryDetail::paid).toList(),
                territory.names().stream().map(TerritoryDetail::named).toList(),
                territory.subdivisions().stream().map(TerritoryDetail::part).toList(),
                territory.timeZones().stream().map(TimeZone::id).toList());
    }

    private static Spoken spoken(TerritoryLanguage spoken) {
        var language = spoken.language();
        return new Spoken(
                language.code(),
                language.name(),
                language.nativeName(),
                spoken.populationPercent(),
                spoken.writingPercent(),
                spoken.officialStatus());
    }

    private static Paid paid(TerritoryCurrency used) {
        var currency = used.currency();
        return new Paid(currency.code(), currency.name(), text(used.validFrom()), text(used.validTo()), used.tender());
    }

    private static Named named(TerritoryName name) {
        var locale = name.locale();
        var script = locale.script();
        return new Named(
                locale.tag(),
                locale.name(),
                name.name(),
                name.shortName(),
                script != null && script.rightToLeft(),
                name.version());
    }

    private static Part part(Subdivision subdivision) {
        var parent = subdivision.parent();
        return new Part(subdivision.code(), subdivision.name(), parent == null ? null : parent.code());
    }

    private static @Nullable String text(@Nullable Object time) {
        return time == null ? null : time.toString();
    }
}
