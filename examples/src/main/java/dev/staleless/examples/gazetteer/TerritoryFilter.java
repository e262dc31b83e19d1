package dev.staleless.examples.gazetteer;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which territories a listing shows; a component that is null or false does not narrow it.
 *
 * @param name part of the name, in whatever case
 * @param anyLanguage the name may also be one in another language
 * @param region a region or a continent
 * @param group a group the territory is a member of
 * @param currency a currency that is or was in use
 * @param noEndDate the currency is still in use; without {@code currency}, any
 * @param introducedFrom the first day on which the currency's use began
 * @param introducedTo the last day on which the currency's use began
 * @param language a language that is spoken
 * @param languagePercent by at least so many of a hundred people; without {@code language}, any
 */
record TerritoryFilter(
        @Nullable String name,
        boolean anyLanguage,
        @Nullable String region,
        @Nullable String group,
        @Nullable Long populationMin,
        @Nullable Long populationMax,
        @Nullable String currency,
        boolean noEndDate,
        @Nullable LocalDate introducedFrom,
        @Nullable LocalDate introducedTo,
        @Nullable String language,
        @Nullable BigDecimal languagePercent) {

    static final Set<String> FIELDS = Set.of(
            "name",
            "anyLanguage",
            "region",
            "group",
            "populationMin",
            "populationMax",
            "currency",
            "noEndDate",
            "introducedFrom",
            "introducedTo",
            "language",
            "languagePercent");

    static TerritoryFilter of(Parameters parameters) {
        var filter = new TerritoryFilter(
                parameters.text("name"),
                parameters.flag("anyLanguage"),
                parameters.code("region"),
                parameters.code("group"),
                parameters.number("populationMin"),
                parameters.number("populationMax"),
                parameters.code("currency"),
                parameters.flag("noEndDate"),
                parameters.date("introducedFrom"),
                parameters.date("introducedTo"),
                parameters.code("language"),
                parameters.percent("languagePercent"));
        filter.checkRanges();
        return filter;
    }

    boolean narrowsCurrency() {
        return currency != null || noEndDate || introducedFrom != null || introducedTo != null;
    }

    boolean narrowsLanguage() {
        return language != null || languagePercent != null;
    }

    private void checkRanges() {
        if (populationMin != null && populationMax != null && populationMin > populationMax) {
            throw new BadInputException("populationMax", populationMax, "at least populationMin, " + populationMin);
        }
        if (introducedFrom != null && introducedTo != null && introducedFrom.isAfter(introducedTo)) {
            throw new BadInputException(
                    "introducedTo", introducedTo, "introducedFrom, " + introducedFrom + ", or later");
        }
    }
}
