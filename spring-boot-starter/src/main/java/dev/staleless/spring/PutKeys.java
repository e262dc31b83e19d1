package dev.staleless.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CachePutOperation;
import org.springframework.cache.interceptor.SimpleKeyGenerator;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Tells before a call of a method annotated with {@code @CachePut} under which keys its value will be put, where its arguments alone tell
 * that. A key that turns out to be another one does no harm: the value is not kept under either.
 */
final class PutKeys {

    /** A key of a cache. */
    record Put(String cache, Object key) {}

    private final CacheOperationSource operations;
    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final Map<String, Expression> parsed = new ConcurrentHashMap<>();

    PutKeys(CacheOperationSource operations) {
        this.operations = operations;
    }

    List<Put> of(MethodInvocation call) {
        Object target = call.getThis();
        Class<?> type = target == null ? call.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        Collection<CacheOperation> all = operations.getCacheOperations(call.getMethod(), type);
        List<Put> puts = new ArrayList<>(0);
        if (all == null) {
            return puts;
        }
        for (CacheOperation each : all) {
            if (each instanceof CachePutOperation put && isPlain(put)) {
                Object key = key(put, call, AopUtils.getMostSpecificMethod(call.getMethod(), type));
                if (key != null) {
                    put.getCacheNames().forEach(cache -> puts.add(new Put(cache, key)));
                }
            }
        }
        return puts;
    }

    private static boolean isPlain(CachePutOperation put) {
        return put.getKeyGenerator().isEmpty()
                && put.getCacheManager().isEmpty()
                && put.getCacheResolver().isEmpty()
                && !put.getKey().contains("#result");
    }

    private @Nullable Object key(CachePutOperation put, MethodInvocation call, Method method) {
        if (put.getKey().isEmpty()) {
            return SimpleKeyGenerator.generateKey(call.getArguments());
        }
        Expression expression =
                parsed.computeIfAbsent(put.getKey(), key -> new SpelExpressionParser().parseExpression(key));
        return expression.getValue(
                new MethodBasedEvaluationContext(call.getThis(), method, call.getArguments(), names));
    }
}
