package dev.staleless.spring;

import java.lang.reflect.Method;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Repositories and other beans whose methods are annotated with {@link dev.staleless.jdbc.CacheResults}. */
@AutoConfiguration(after = StalelessAutoConfiguration.class)
@ConditionalOnBean(StalelessDataSources.class)
public class StalelessResultsAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor stalelessCacheResults() {
        return new DefaultPointcutAdvisor(
                new StaticMethodMatcherPointcut() {
                    @Override
                    public boolean matches(Method method, Class<?> target) {
                        return CacheResultsInterceptor.isAnnotated(method, target);
                    }
                },
                new CacheResultsInterceptor());
    }
}
