package dev.staleless.examples.gazetteer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of territories, and figures on all that the filter lets through.
 *
 * @param currencies of the territories on the page, by their id: those in use now
 * @param languages of the territories on the page, by their id: the largest ones
 */
record Listing(
        List<TerritoryRow> items,
        Map<Integer, List<CurrencyInUse>> currencies,
        Map<Integer, List<LanguageSpoken>> languages,
        long total,
        int page,
        int size,
        long pages,
        List<RegionShare> regions,
        List<LanguageShare> largestLanguages) {

    /** A currency that a territory uses. */
    record CurrencyInUse(
            Integer territory,
            String code,
            String name,
            @Nullable String symbol) {}

    /** A language and the share of a territory's people who speak it. */
    record LanguageSpoken(Integer territory, String code, String name, BigDecimal percent) {}

    /** How many territories a region has, and people in them. */
    record RegionShare(
            @Nullable String code,
            @Nullable String name,
            Long territories,
            @Nullable Long population) {}

    /** How many people speak a language, and in how many territories. */
    record LanguageShare(
            String code,
            String name,
            @Nullable String nativeName,
            @Nullable BigDecimal speakers,
            Long territories) {}
}
