package dev.staleless.hibernate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before an object of Hibernate, with all its public interfaces, and hands every call on to it. What it returns stands behind
 * another one where that leads to queries; itself is returned as what stands before it. So it does not matter which of Hibernate's
 * interfaces there are and what methods they have.
 */
class Observed<T> implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Observed.class);

    private static final ClassValue<Class<?>[]> INTERFACES = new ClassValue<>() {
        @Override
        protected Class<?>[] computeValue(Class<?> type) {
            Set<Class<?>> found = new LinkedHashSet<>();
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                for (Class<?> one : each.getInterfaces()) {
                    if (Modifier.isPublic(one.getModifiers())) {
                        found.add(one);
                    }
                }
            }
            return found.toArray(Class<?>[]::new);
        }
    };

    final T target;
    final Observation observation;

    Observed(T target, Observation observation) {
        this.target = target;
        this.observation = observation;
    }

    /** What stands before the object; the object itself if its interfaces do not go together. */
    static <R> R as(Class<R> type, Observed<? extends R> handler) {
        Object target = handler.target;
        try {
            return type.cast(Proxy.newProxyInstance(
                    target.getClass().getClassLoader(), INTERFACES.get(target.getClass()), handler));
        } catch (IllegalArgumentException e) {
            LOG.warn("Hints of queries by {} are not seen", target.getClass(), e);
            return handler.target;
        }
    }

    /** What stands behind it, if that is one of these. */
    static @Nullable Object behind(@Nullable Object object) {
        return object != null
                        && Proxy.isProxyClass(object.getClass())
                        && Proxy.getInvocationHandler(object) instanceof Observed<?> observed
                ? observed.target
                : object;
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws Throwable {
        @Nullable Object[] args = new Object[given == null ? 0 : given.length];
        for (int i = 0; given != null && i < args.length; i++) {
            args[i] = observation.handedIn(behind(given[i]));
        }
        if (method.getName().equals("unwrap") && args.length == 1 && args[0] instanceof Class<?> type) {
            return unwrapped(proxy, type, method);
        } else if (method.getName().equals("unwrap") && args.length == 1 && args[0] == null) {
            return target; // how Spring asks a proxy for what is behind it, and Hibernate knows no answer
        }
        try {
            Object result = call(proxy, method, args);
            return result == null || result == target ? (result == null ? null : proxy) : weave(result);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /**
     * What is asked for by an interface of Hibernate's keeps being observed. By those of Jakarta Persistence others ask for what is
     * behind a proxy, until it is none.
     */
    private @Nullable Object unwrapped(Object proxy, Class<?> type, Method method) throws Throwable {
        if (type.isInstance(proxy) && !type.getName().startsWith("jakarta.persistence.")) {
            return proxy;
        } else if (type.isInstance(target)) {
            return target;
        }
        try {
            return method.invoke(target, type);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Hands a call on. */
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] args) throws Exception {
        return method.invoke(target, args);
    }

    /** What is returned for a result of the object. */
    Object weave(Object result) {
        return observation.weave(result);
    }
}
