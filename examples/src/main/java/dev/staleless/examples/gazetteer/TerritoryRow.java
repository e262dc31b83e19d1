package dev.staleless.examples.gazetteer;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What the listing shows of a territory itself. */
record TerritoryRow(
        Integer id,
        String code,
        String name,
        @Nullable String region,
        @Nullable String regionName,
        @Nullable Long population,
        @Nullable BigDecimal gdp,
        @Nullable BigDecimal literacyPercent,
        int version) {}
