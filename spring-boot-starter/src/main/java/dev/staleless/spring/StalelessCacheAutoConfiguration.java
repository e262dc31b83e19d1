package dev.staleless.spring;

import java.lang.reflect.Method;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Where caching is enabled, and no other {@link CacheManager} is given: one whose values need not be evicted. */
@AutoConfiguration(
        after = StalelessAutoConfiguration.class,
        beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBean({StalelessDataSources.class, CacheAspectSupport.class})
@ConditionalOnMissingBean(CacheManager.class)
@ConditionalOnProperty(prefix = "staleless.cache", name = "enabled", havingValue = "true", matchIfMissing = true)
public class StalelessCacheAutoConfiguration {

    @Bean
    CacheManager cacheManager(Environment environment, CacheDataSource values) {
        return new StalelessCaches(StalelessSettings.of(environment), values);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor stalelessMethodFrames(ObjectProvider<CacheManager> caches) {
        // not the application's bean of it, which may be made no earlier than what this is asked of
        CacheOperationSource operations = new AnnotationCacheOperationSource();
        DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
                new StaticMethodMatcherPointcut() {
                    @Override
                    public boolean matches(Method method, Class<?> target) {
                        return operations.hasCacheOperations(method, target);
                    }
                },
                new MethodFrameInterceptor(new PutKeys(operations), caches::getIfAvailable));
        advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return advisor;
    }
}
