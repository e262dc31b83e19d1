package dev.staleless.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint, the health indicator and the meters, where the application has Actuator and Micrometer. */
@AutoConfiguration(after = StalelessAutoConfiguration.class)
@ConditionalOnBean(StalelessDataSources.class)
public class StalelessActuatorAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class OfEndpoint {

        @Bean
        @ConditionalOnAvailableEndpoint
        StalelessEndpoint stalelessEndpoint(StalelessDataSources dataSources) {
            return new StalelessEndpoint(dataSources);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class OfHealth {

        @Bean
        @ConditionalOnEnabledHealthIndicator("staleless")
        HealthIndicator stalelessHealthIndicator(StalelessDataSources dataSources) {
            return new StalelessHealth(dataSources);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class OfMeters {

        @Bean
        static AnswerTimers stalelessAnswerTimers() {
            return new AnswerTimers();
        }

        @Bean
        StalelessMeters stalelessMeters(StalelessDataSources dataSources, AnswerTimers timers) {
            return new StalelessMeters(dataSources, timers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class OfTraces {

        @Bean
        static StalelessCustomizer stalelessObservations(ObjectProvider<ObservationRegistry> registry) {
            HitObservations observations =
                    new HitObservations(() -> registry.getIfAvailable(() -> ObservationRegistry.NOOP));
            return (dataSource, builder) -> builder.listener(observations);
        }
    }
}
