package dev.staleless.examples.gazetteer;

import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Subquery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** Turns a filter into conditions on one occurrence of the territory in a query. */
final class TerritoryConditions {

    private final HibernateCriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final From<?, Territory> territory;
    private final List<Predicate> conditions = new ArrayList<>();

    private TerritoryConditions(
            HibernateCriteriaBuilder builder, CommonAbstractCriteria query, From<?, Territory> territory) {
        this.builder = builder;
        this.query = query;
        this.territory = territory;
    }

    static Predicate of(
            TerritoryFilter filter,
            HibernateCriteriaBuilder builder,
            CommonAbstractCriteria query,
            From<?, Territory> territory) {
        var all = new TerritoryConditions(builder, query, territory);
        all.name(filter);
        all.region(filter);
        all.group(filter);
        all.population(filter);
        all.currency(filter);
        all.language(filter);
        return builder.and(all.conditions.toArray(Predicate[]::new));
    }

    private void name(TerritoryFilter filter) {
        if (filter.name() == null) {
            return;
        }
        var pattern = "%" + escaped(filter.name()) + "%";
        var own = contains(territory.get("name"), pattern);
        if (!filter.anyLanguage()) {
            conditions.add(own);
            return;
        }
        var elsewhere = query.subquery(Integer.class);
        var named = elsewhere.from(TerritoryName.class);
        elsewhere
                .select(builder.literal(1))
                .where(builder.equal(named.get("territory"), territory), contains(named.get("name"), pattern));
        conditions.add(builder.or(own, builder.exists(elsewhere)));
    }

    private void region(TerritoryFilter filter) {
        if (filter.region() == null) {
            return;
        }
        Subquery<String> regions = query.subquery(String.class);
        var region = regions.from(Region.class);
        regions.select(region.get("code"))
                .where(builder.or(
                        builder.equal(region.get("code"), filter.region()),
                        builder.equal(region.get("parent").get("code"), filter.region())));
        conditions.add(territory.get("region").get("code").in(regions));
    }

    private void group(TerritoryFilter filter) {
        if (filter.group() == null) {
            return;
        }
        var membership = query.subquery(Integer.class);
        var member = membership.from(Territory.class);
        membership
                .select(builder.literal(1))
                .where(
                        builder.equal(member, territory),
                        builder.equal(member.join("groups").get("code"), filter.group()));
        conditions.add(builder.exists(membership));
    }

    private void population(TerritoryFilter filter) {
        Expression<Long> population = territory.get("population");
        if (filter.populationMin() != null) {
            conditions.add(builder.ge(population, filter.populationMin()));
        }
        if (filter.populationMax() != null) {
            conditions.add(builder.le(population, filter.populationMax()));
        }
    }

    private void currency(TerritoryFilter filter) {
        if (!filter.narrowsCurrency()) {
            return;
        }
        var usage = query.subquery(Integer.class);
        var used = usage.from(TerritoryCurrency.class);
        var uses = new ArrayList<Predicate>();
        uses.add(builder.equal(used.get("territory"), territory));
        if (filter.currency() != null) {
            uses.add(builder.equal(used.get("currency").get("code"), filter.currency()));
        }
        if (filter.noEndDate()) {
            uses.add(builder.isNull(used.get("validTo")));
        }
        Expression<LocalDate> validFrom = used.get("validFrom");
        if (filter.introducedFrom() != null) {
            uses.add(builder.greaterThanOrEqualTo(validFrom, filter.introducedFrom()));
        }
        if (filter.introducedTo() != null) {
            uses.add(builder.lessThanOrEqualTo(validFrom, filter.introducedTo()));
        }
        conditions.add(builder.exists(usage.select(builder.literal(1)).where(uses.toArray(Predicate[]::new))));
    }

    private void language(TerritoryFilter filter) {
        if (!filter.narrowsLanguage()) {
            return;
        }
        var speakers = query.subquery(Integer.class);
        var spoken = speakers.from(TerritoryLanguage.class);
        var speaks = new ArrayList<Predicate>();
        speaks.add(builder.equal(spoken.get("territory"), territory));
        if (filter.language() != null) {
            speaks.add(builder.equal(spoken.get("language").get("code"), filter.language()));
        }
        if (filter.languagePercent() != null) {
            Expression<BigDecimal> percent = spoken.get("populationPercent");
            speaks.add(builder.ge(percent, filter.languagePercent()));
        }
        conditions.add(builder.exists(speakers.select(builder.literal(1)).where(speaks.toArray(Predicate[]::new))));
    }

    private Predicate contains(Expression<String> text, String pattern) {
        return builder.ilike(text, pattern, '\\');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
