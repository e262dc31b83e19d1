package dev.staleless.spring;

import dev.staleless.jdbc.StalelessBuilder;
import java.util.List;

/** All customizers, in their order. */
record StalelessCustomizers(List<StalelessCustomizer> all) {

    void customize(String dataSource, StalelessBuilder builder) {
        all.forEach(each -> each.customize(dataSource, builder));
    }
}
