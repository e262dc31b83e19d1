package dev.staleless.spring;

import dev.staleless.jdbc.CacheResults;
import dev.staleless.jdbc.Caching;
import dev.staleless.jdbc.framework.CacheWish;
import dev.staleless.jdbc.framework.StatementOrigin;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Asks that the results of queries are cached that a method asks, by its annotation or that of its class. Safe for any thread. */
final class CacheResultsInterceptor implements MethodInterceptor {

    private final Map<Method, Optional<StatementOrigin>> origins = new ConcurrentHashMap<>();

    /** Whether a method, or the class that it is called on or declared by, has the annotation. */
    static boolean isAnnotated(Method method, Class<?> target) {
        return find(method, target) != null;
    }

    private static @Nullable CacheResults find(Method method, Class<?> target) {
        CacheResults own = AnnotatedElementUtils.findMergedAnnotation(method, CacheResults.class);
        if (own == null) {
            own = AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), CacheResults.class);
        }
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(target, CacheResults.class) : own;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object target = call.getThis();
        Class<?> type = target == null ? call.getMethod().getDeclaringClass() : target.getClass();
        Optional<StatementOrigin> origin = origins.computeIfAbsent(
                call.getMethod(),
                method -> Optional.ofNullable(find(method, type))
                        .map(found -> new StatementOrigin(null, CacheWish.cached(Caching.of(found)))));
        return origin.isPresent() ? within(origin.get(), call) : call.proceed();
    }

    private static @Nullable Object within(StatementOrigin origin, MethodInvocation call) throws Throwable {
        try {
            return origin.<@Nullable Object, Exception>call(() -> {
                try {
                    return call.proceed();
                } catch (Exception | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new Undeclared(e);
                }
            });
        } catch (Undeclared e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Carries what is neither an exception nor an error. */
    private static final class Undeclared extends Exception {
        private static final long serialVersionUID = 1;

        Undeclared(Throwable cause) {
            super(cause);
        }
    }
}
