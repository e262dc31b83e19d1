package dev.staleless.spring;

import dev.staleless.jdbc.StalelessBuilder;

/** Changes how a data source is wrapped, after the properties were applied. Beans of this type are asked in their order. */
@FunctionalInterface
public interface StalelessCustomizer {

    /** @param dataSource name of the bean, as in {@link StalelessDataSources#all} */
    void customize(String dataSource, StalelessBuilder builder);
}
