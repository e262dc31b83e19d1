package dev.staleless.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.core.ResolvableType;

/**
 * Stands around everything else that is done for a cacheable method. What a method asks that puts its value is recorded from the
 * beginning, except of methods that were seen to change something: their values are not kept.
 */
final class MethodFrameInterceptor implements MethodInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(MethodFrameInterceptor.class);

    private final PutKeys putKeys;
    private final Supplier<@Nullable CacheManager> caches;
    private final Set<Method> refused = ConcurrentHashMap.newKeySet();

    MethodFrameInterceptor(PutKeys putKeys, Supplier<@Nullable CacheManager> caches) {
        this.putKeys = putKeys;
        this.caches = caches;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        MethodFrame frame = MethodFrame.enter(returned(call));
        try {
            recordPuts(call, frame);
            Object value = call.proceed();
            if (frame.refusal() != null) {
                refused.add(call.getMethod());
            }
            return value;
        } finally {
            frame.close();
        }
    }

    private static Type returned(MethodInvocation call) {
        Object target = call.getThis();
        ResolvableType type = target == null
                ? ResolvableType.forMethodReturnType(call.getMethod())
                : ResolvableType.forMethodReturnType(call.getMethod(), target.getClass());
        return type.toClass() == Optional.class ? type.getGeneric(0).getType() : type.getType();
    }

    /** Where that fails the key is removed when the value is put, as if nothing had been recorded. */
    private void recordPuts(MethodInvocation call, MethodFrame frame) {
        if (refused.contains(call.getMethod())) {
            return;
        }
        try {
            for (PutKeys.Put put : putKeys.of(call)) {
                CacheManager all = caches.get();
                Cache cache = all == null ? null : all.getCache(put.cache());
                if (cache instanceof StalelessCache ours) {
                    var unused = ours.willPut(put.key(), frame);
                }
            }
        } catch (RuntimeException e) {
            LOG.debug("What {} puts is not kept", call.getMethod(), e);
        }
    }
}
