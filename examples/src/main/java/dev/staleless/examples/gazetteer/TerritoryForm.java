package dev.staleless.examples.gazetteer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user fills in to create or change a territory.
 *
 * @param groups codes of the groups it is a member of; null leaves them as they are
 * @param version the version that was edited; null for a new territory
 */
record TerritoryForm(
        String code,
        String name,
        @Nullable String region,
        @Nullable Long population,
        @Nullable BigDecimal gdp,
        @Nullable BigDecimal literacyPercent,
        @Nullable List<String> groups,
        @Nullable Integer version) {

    private static final Set<String> FIELDS =
            Set.of("code", "name", "region", "population", "gdp", "literacyPercent", "groups", "version");

    private static final BigDecimal GDP_LIMIT = new BigDecimal("1E17");

    static TerritoryForm parse(String json) {
        var body = Body.parse(json, FIELDS);
        var code = body.text("code", 3).toUpperCase(Locale.ROOT);
        if (!code.matches("[A-Z]{2,3}")) {
            throw new BadInputException("code", code, "two or three letters");
        }
        return new TerritoryForm(
                code,
                body.text("name", 100),
                body.textOrNull("region", 3),
                body.number("population"),
                body.decimal("gdp", GDP_LIMIT),
                body.decimal("literacyPercent", BigDecimal.valueOf(100)),
                body.codes("groups"),
                body.version());
    }

    int versionEdited() {
        if (version == null) {
            throw new BadInputException("version", "null", "the version that was read");
        }
        return version;
    }
}
