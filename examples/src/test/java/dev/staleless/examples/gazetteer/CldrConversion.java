package dev.staleless.examples.gazetteer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of {@code dataset/} from the CLDR JSON packages that {@code SOURCE.md} names; run by hand when they
 * have a new version. Rows are in the order of their keys and surrogate keys are counted in it, so that the same
 * packages give the same files.
 *
 * <p>Arguments: the folder with the unpacked packages, the folder to write to.
 */
final class CldrConversion {

    /** Locales whose names are taken: many scripts, and for some languages two of them. */
    private static final List<String> LOCALES = List.of(
            "af", "am", "ar", "as", "az", "be", "bg", "bn", "bs", "ca", "chr", "cs", "cy", "da", "de", "el", "en", "es",
            "et", "eu", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
            "ka", "kk", "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "ne", "nl", "no",
            "or", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "sq", "sr", "sr-Latn", "sv", "sw", "ta", "te",
            "th", "tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant", "zu");

    private static final String WORLD = "001";
    private static final String UNKNOWN = "ZZ";
    private static final List<String> GROUPS = List.of("003", "202", "419", "EU", "EZ", "UN");

    private final CldrPackages cldr;
    private final Path target;
    private final Map<String, Integer> territoryIds = new TreeMap<>();
    private final Set<String> languages = new TreeSet<>();
    private final Set<String> scripts = new HashSet<>();

    private CldrConversion(CldrPackages cldr, Path target) {
        this.cldr = cldr;
        this.target = target;
    }

    public static void main(String[] args) throws IOException {
        var target = Path.of(args[1]);
        Files.createDirectories(target);
        new CldrConversion(new CldrPackages(Path.of(args[0])), target).convert();
    }

    private void convert() throws IOException {
        var territories = cldr.supplemental("territoryInfo.json").path("territoryInfo");
        sorted(territories).keySet().stream()
                .filter(code -> !code.equals(UNKNOWN))
                .forEach(code -> territoryIds.put(code, territoryIds.size() + 1));
        regions();
        scripts();
        languages(territories);
        locales();
        currencies();
        territories(territories);
        groups();
        territoryLanguages(territories);
        territoryCurrencies();
        territoryNames();
        languageNames();
        timeZones();
        subdivisions();
    }

    private void regions() throws IOException {
        var names = cldr.territoryNames("en");
        var parents = new TreeMap<String, String>();
        children(WORLD).forEach(continent -> {
            parents.put(continent, WORLD);
            children(continent).forEach(region -> parents.put(region, continent));
        });
        try (var file = CopyFile.create(target, "region")) {
            file.row(WORLD, text(names, WORLD), null);
            // parents before children: the foreign key is checked row by row in the order of loading
            parents.forEach((code, parent) -> {
                if (parent.equals(WORLD)) {
                    file.row(code, text(names, code), parent);
                }
            });
            parents.forEach((code, parent) -> {
                if (!parent.equals(WORLD)) {
                    file.row(code, text(names, code), parent);
                }
            });
        }
    }

    private void scripts() throws IOException {
        var names = cldr.scriptNames("en");
        try (var file = CopyFile.create(target, "script")) {
            sorted(cldr.scripts()).forEach((code, script) -> {
                if (names.has(code)) {
                    scripts.add(code);
                    file.row(
                            code,
                            text(names, code),
                            yesOrNo(script, "rtl"),
                            yesOrNo(script, "hasCase"),
                            text(script, "sampleChar"));
                }
            });
        }
    }

    private void languages(JsonNode territories) throws IOException {
        var names = cldr.languageNames("en");
        territories.forEach(territory -> territory
                .path("languagePopulation")
                .fieldNames()
                .forEachRemaining(code -> {
                    if (names.has(tag(code))) {
                        languages.add(tag(code));
                    }
                }));
        LOCALES.forEach(locale -> languages.add(language(locale)));
        try (var file = CopyFile.create(target, "language")) {
            for (String language : languages) {
                file.row(language, text(names, language), nativeName(language), scriptOf(language));
            }
        }
    }

    private void locales() throws IOException {
        var names = cldr.languageNames("en");
        var scriptNames = cldr.scriptNames("en");
        try (var file = CopyFile.create(target, "locale")) {
            for (String locale : LOCALES) {
                var script = scriptOf(locale);
                var name = text(names, locale);
                if (name == null && script != null) {
                    name = text(names, language(locale)) + " (" + text(scriptNames, script) + ")";
                }
                file.row(locale, name, language(locale), script);
            }
        }
    }

    private void currencies() throws IOException {
        var fractions = cldr.supplemental("currencyData.json").at("/currencyData/fractions");
        try (var file = CopyFile.create(target, "currency")) {
            sorted(cldr.currencies("en")).forEach((code, currency) -> {
                var fraction = fractions.has(code) ? fractions.path(code) : fractions.path("DEFAULT");
                var symbol = text(currency, "symbol");
                file.row(
                        code,
                        text(currency, "displayName"),
                        code.equals(symbol) ? null : symbol,
                        text(fraction, "_digits"),
                        text(fraction, "_cashDigits"));
            });
        }
    }

    private void territories(JsonNode territories) throws IOException {
        var names = cldr.territoryNames("en");
        var codes = cldr.supplemental("codeMappings.json").path("codeMappings");
        var week = cldr.supplemental("weekData.json").at("/weekData/firstDay");
        var measures = cldr.supplemental("measurementData.json").at("/measurementData/measurementSystem");
        var regions = regionOfTerritory();
        try (var file = CopyFile.create(target, "territory")) {
            territoryIds.forEach((code, id) -> file.row(
                    id,
                    code,
                    text(codes.path(code), "_alpha3"),
                    text(names, code),
                    regions.get(code),
                    text(territories.path(code), "_population"),
                    positive(text(territories.path(code), "_gdp")),
                    positive(text(territories.path(code), "_literacyPercent")),
                    text(week, code),
                    measures.path(measures.has(code) ? code : WORLD).asText(),
                    0,
                    null));
        }
    }

    private void groups() throws IOException {
        var names = cldr.territoryNames("en");
        try (var groups = CopyFile.create(target, "territory_group");
                var members = CopyFile.create(target, "territory_group_member")) {
            for (String group : GROUPS) {
                groups.row(group, text(names, group));
                var codes = new TreeSet<String>();
                collectTerritories(group, codes);
                codes.forEach(code -> members.row(territoryIds.get(code), group));
            }
        }
    }

    private void territoryLanguages(JsonNode territories) throws IOException {
        try (var file = CopyFile.create(target, "territory_language")) {
            territoryIds.forEach((code, id) -> {
                var spoken = new TreeMap<String, JsonNode>();
                sorted(territories.path(code).path("languagePopulation"))
                        .forEach((language, facts) -> spoken.put(tag(language), facts));
                spoken.keySet().retainAll(languages);
                spoken.forEach((language, facts) -> file.row(
                        id,
                        language,
                        text(facts, "_populationPercent"),
                        text(facts, "_writingPercent"),
                        text(facts, "_officialStatus")));
            });
        }
    }

    private void territoryCurrencies() throws IOException {
        var usage = cldr.supplemental("currencyData.json").at("/currencyData/region");
        var known = sorted(cldr.currencies("en")).keySet();
        try (var file = CopyFile.create(target, "territory_currency")) {
            territoryIds.forEach((code, id) -> usage.path(code)
                    .forEach(entry -> sorted(entry).forEach((currency, facts) -> {
                        if (known.contains(currency)) {
                            file.row(
                                    file.rows() + 1,
                                    id,
                                    currency,
                                    text(facts, "_from"),
                                    text(facts, "_to"),
                                    !"false".equals(text(facts, "_tender")));
                        }
                    })));
        }
    }

    private void territoryNames() throws IOException {
        try (var file = CopyFile.create(target, "territory_name")) {
            for (String locale : LOCALES) {
                var names = cldr.territoryNames(locale);
                territoryIds.forEach((code, id) -> {
                    var name = text(names, code);
                    if (name != null && !name.equals(code)) {
                        file.row(file.rows() + 1, id, locale, name, text(names, code + "-alt-short"), 0);
                    }
                });
            }
        }
    }

    private void languageNames() throws IOException {
        try (var file = CopyFile.create(target, "language_name")) {
            for (String locale : LOCALES) {
                var names = cldr.languageNames(locale);
                for (String language : languages) {
                    var name = text(names, language);
                    if (name != null && !name.equals(language)) {
                        file.row(language, locale, name);
                    }
                }
            }
        }
    }

    private void timeZones() throws IOException {
        var cities = cldr.zones("en");
        var zones = new TreeMap<String, List<@Nullable Object>>();
        for (JsonNode entry : cldr.supplemental("windowsZones.json").at("/windowsZones/mapTimezones")) {
            var zone = entry.path("mapZone");
            var territory = territoryIds.get(zone.path("_territory").asText());
            if (territory == null) {
                continue;
            }
            for (String id : zone.path("_type").asText().split(" ")) {
                zones.put(
                        id,
                        List.of(territory, city(cities, id), zone.path("_other").asText()));
            }
        }
        try (var file = CopyFile.create(target, "time_zone")) {
            zones.forEach((id, columns) -> file.row(id, columns.get(0), columns.get(1), columns.get(2)));
        }
    }

    private void subdivisions() throws IOException {
        var names = cldr.subdivisionNames("en");
        var parts = cldr.supplemental("subdivisionContainment.json").path("subdivisionContainment");
        var ids = new LinkedHashMap<String, Integer>();
        try (var file = CopyFile.create(target, "subdivision")) {
            territoryIds.forEach((code, territory) -> {
                var level = List.of(code);
                while (!level.isEmpty()) {
                    var next = new ArrayList<String>();
                    for (String parent : level) {
                        for (JsonNode part : parts.path(parent).path("_contains")) {
                            ids.put(part.asText(), ids.size() + 1);
                            next.add(part.asText());
                            file.row(
                                    ids.get(part.asText()),
                                    territory,
                                    ids.get(parent),
                                    isoCode(part.asText()),
                                    text(names, part.asText()));
                        }
                    }
                    level = next;
                }
            });
        }
    }

    private Map<String, String> regionOfTerritory() {
        var regions = new HashMap<String, String>();
        for (String continent : children(WORLD)) {
            for (String region : children(continent)) {
                children(region).forEach(territory -> regions.put(territory, region));
            }
        }
        return regions;
    }

    private void collectTerritories(String code, Set<String> territories) {
        if (territoryIds.containsKey(code)) {
            territories.add(code);
        } else {
            children(code).forEach(part -> collectTerritories(part, territories));
        }
    }

    private List<String> children(String code) {
        try {
            var parts = new ArrayList<String>();
            cldr.supplemental("territoryContainment.json")
                    .path("territoryContainment")
                    .path(code)
                    .path("_contains")
                    .forEach(part -> parts.add(part.asText()));
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String nativeName(String language) throws IOException {
        var name = cldr.hasLanguageNames(language) ? text(cldr.languageNames(language), language) : null;
        return language.equals(name) ? null : name;
    }

    private @Nullable String scriptOf(String language) throws IOException {
        var likely = cldr.supplemental("likelySubtags.json").path("likelySubtags");
        for (String part : (language + "-" + likely.path(language).asText()).split("-")) {
            if (scripts.contains(part)) {
                return part;
            }
        }
        return null;
    }

    private static String city(JsonNode cities, String zone) {
        var exemplar = cities.at("/" + zone).path("exemplarCity").asText();
        return exemplar.isEmpty() ? zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ') : exemplar;
    }

    private static String isoCode(String subdivision) {
        var code = subdivision.toUpperCase(Locale.ROOT);
        return code.substring(0, 2) + "-" + code.substring(2);
    }

    private static String language(String locale) {
        return locale.split("-")[0];
    }

    private static String tag(String code) {
        return code.replace('_', '-');
    }

    private static @Nullable Boolean yesOrNo(JsonNode node, String field) {
        var answer = node.path(field).asText();
        return answer.equals("UNKNOWN") ? null : answer.equals("YES");
    }

    /** CLDR writes 0 where it has no figure. */
    private static @Nullable String positive(@Nullable String number) {
        return "0".equals(number) ? null : number;
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        var sorted = new TreeMap<String, JsonNode>();
        object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
