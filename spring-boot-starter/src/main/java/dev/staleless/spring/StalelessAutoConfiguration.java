package dev.staleless.spring;

import dev.staleless.jdbc.computed.ComputationGuard;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wraps every {@link javax.sql.DataSource} bean but those named in {@code staleless.exclude}. */
@AutoConfiguration
@ConditionalOnProperty(prefix = "staleless", name = "enabled", havingValue = "true", matchIfMissing = true)
public class StalelessAutoConfiguration {

    /** Static, and of little that has to be made before it: it is made before all other beans. */
    @Bean
    static StalelessDataSources stalelessDataSources(
            Environment environment, ObjectProvider<StalelessCustomizer> customizers) {
        return new StalelessDataSources(
                StalelessSettings.of(environment),
                () -> new StalelessCustomizers(customizers.orderedStream().toList()));
    }

    /** The computed values of the data source that is meant where none is named. */
    @Bean
    CacheDataSource stalelessCacheDataSource(
            Environment environment, BeanFactory beans, ObjectProvider<ComputationGuard> guards) {
        return new CacheDataSource(
                beans, StalelessSettings.of(environment), guards.orderedStream().toList());
    }

    /** What a persistence context holds is asked for where there may be one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {"org.springframework.orm.jpa.EntityManagerHolder", "org.hibernate.Session"})
    static class OfPersistenceContexts {

        @Bean
        ComputationGuard persistenceContextGuard() {
            return new PersistenceContextGuard();
        }
    }

    /** Pages with an ETag. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.context.request.WebRequest")
    static class OfPages {

        @Bean
        ComputedPages computedPages(CacheDataSource values) {
            return new ComputedPages(values);
        }
    }

    /** Pages of annotated controllers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice")
    static class OfKeptPages {

        @Bean
        KeptPages stalelessKeptPages(CacheDataSource values) {
            return new KeptPages(values);
        }
    }
}
