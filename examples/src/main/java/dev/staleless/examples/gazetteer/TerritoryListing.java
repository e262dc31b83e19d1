package dev.staleless.examples.gazetteer;

import dev.staleless.examples.gazetteer.Listing.CurrencyInUse;
import dev.staleless.examples.gazetteer.Listing.LanguageShare;
import dev.staleless.examples.gazetteer.Listing.LanguageSpoken;
import dev.staleless.examples.gazetteer.Listing.RegionShare;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Join;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Root;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** The queries behind one page of the listing, all under the same filter. */
final class TerritoryListing {

    private static final int REGIONS = 8;
    private static final int LANGUAGES = 8;
    private static final BigDecimal PERCENT = new BigDecimal("0.01");
    private static final BigDecimal WIDELY_SPOKEN = BigDecimal.TEN;

    private final Session session;
    private final HibernateCriteriaBuilder builder;
    private final TerritoryFilter filter;

    TerritoryListing(Session session, TerritoryFilter filter) {
        this.session = session;
        this.builder = session.getCriteriaBuilder();
        this.filter = filter;
    }

    Listing read(Paging paging) {
        long total = count();
        var items = page(paging);
        var ids = items.stream().map(TerritoryRow::id).toList();
        return new Listing(
                items,
                byTerritory(currenciesInUse(ids), CurrencyInUse::territory),
                byTerritory(languagesSpoken(ids), LanguageSpoken::territory),
                total,
                paging.page(),
                paging.size(),
                Math.max(1, (total + paging.size() - 1) / paging.size()),
                regions(),
                largestLanguages());
    }

    private long count() {
        var query = builder.createQuery(Long.class);
        var territory = query.from(Territory.class);
        query.select(builder.count(territory)).where(TerritoryConditions.of(filter, builder, query, territory));
        return session.createQuery(query).getSingleResult();
    }

    private List<TerritoryRow> page(Paging paging) {
        var query = builder.createQuery(TerritoryRow.class);
        var territory = query.from(Territory.class);
        Join<Territory, Region> region = territory.join("region", JoinType.LEFT);
        query.select(builder.construct(
                        TerritoryRow.class,
                        territory.get("id"),
                        territory.get("code"),
                        territory.get("name"),
                        region.get("code"),
                        region.get("name"),
                        territory.get("population"),
                        territory.get("gdp"),
                        territory.get("literacyPercent"),
                        territory.get("version")))
                .where(TerritoryConditions.of(filter, builder, query, territory))
                .orderBy(order(paging, territory, region), builder.asc(territory.get("id")));
        return session.createQuery(query)
                .setFirstResult(paging.offset())
                .setMaxResults(paging.size())
                .getResultList();
    }

    private Order order(Paging paging, Root<Territory> territory, Join<Territory, Region> region) {
        Expression<?> by = switch (paging.order()) {
            case NAME -> territory.get("name");
            case CODE -> territory.get("code");
            case REGION -> region.get("name");
            case POPULATION -> territory.get("population");
            case GDP -> territory.get("gdp");
            case LITERACY -> territory.get("literacyPercent");
        };
        return paging.descending() ? builder.desc(by, Nulls.LAST) : builder.asc(by, Nulls.LAST);
    }

    private List<CurrencyInUse> currenciesInUse(List<Integer> territories) {
        if (territories.isEmpty()) {
            return List.of();
        }
        var query = builder.createQuery(CurrencyInUse.class);
        var used = query.from(TerritoryCurrency.class);
        var currency = used.join("currency");
        query.select(builder.construct(
                        CurrencyInUse.class,
                        used.get("territory").get("id"),
                        currency.get("code"),
                        currency.get("name"),
                        currency.get("symbol")))
                .where(
                        used.get("territory").get("id").in(territories),
                        builder.isNull(used.get("validTo")),
                        builder.isTrue(used.get("tender")))
                .orderBy(builder.asc(used.get("id")));
        return session.createQuery(query).getResultList();
    }

    private List<LanguageSpoken> languagesSpoken(List<Integer> territories) {
        if (territories.isEmpty()) {
            return List.of();
        }
        var query = builder.createQuery(LanguageSpoken.class);
        var spoken = query.from(TerritoryLanguage.class);
        var language = spoken.join("language");
        Expression<BigDecimal> percent = spoken.get("populationPercent");
        query.select(builder.construct(
                        LanguageSpoken.class,
                        spoken.get("territory").get("id"),
                        language.get("code"),
                        language.get("name"),
                        percent))
                .where(spoken.get("territory").get("id").in(territories), builder.ge(percent, WIDELY_SPOKEN))
                .orderBy(builder.desc(percent), builder.asc(language.get("code")));
        return session.createQuery(query).getResultList();
    }

    private List<RegionShare> regions() {
        var query = builder.createQuery(RegionShare.class);
        var territory = query.from(Territory.class);
        Join<Territory, Region> region = territory.join("region", JoinType.LEFT);
        Expression<Long> population = builder.sum(territory.<Long>get("population"));
        query.select(builder.construct(
                        RegionShare.class,
                        region.get("code"),
                        region.get("name"),
                        builder.count(territory),
                        population))
                .where(TerritoryConditions.of(filter, builder, query, territory))
                .groupBy(region.get("code"), region.get("name"))
                .orderBy(builder.desc(population, Nulls.LAST), builder.asc(region.get("code")));
        return session.createQuery(query).setMaxResults(REGIONS).getResultList();
    }

    private List<LanguageShare> largestLanguages() {
        var query = builder.createQuery(LanguageShare.class);
        var spoken = query.from(TerritoryLanguage.class);
        var language = spoken.join("language");
        Join<TerritoryLanguage, Territory> territory = spoken.join("territory");
        Expression<BigDecimal> people = builder.toBigDecimal(territory.<Long>get("population"));
        Expression<BigDecimal> speakers =
                builder.sum(builder.prod(builder.prod(people, spoken.<BigDecimal>get("populationPercent")), PERCENT));
        query.select(builder.construct(
                        LanguageShare.class,
                        language.get("code"),
                        language.get("name"),
                        language.get("nativeName"),
                        speakers,
                        builder.count(territory)))
                .where(TerritoryConditions.of(filter, builder, query, territory))
                .groupBy(language.get("code"), language.get("name"), language.get("nativeName"))
                .orderBy(builder.desc(speakers, Nulls.LAST), builder.asc(language.get("code")));
        return session.createQuery(query).setMaxResults(LANGUAGES).getResultList();
    }

    private static <T> Map<Integer, List<T>> byTerritory(List<T> rows, Function<T, Integer> territory) {
        return rows.stream().collect(Collectors.groupingBy(territory, LinkedHashMap::new, Collectors.toList()));
    }
}
