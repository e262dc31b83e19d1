package dev.staleless.spring;

import java.lang.reflect.Type;
import java.util.Optional;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** Stands around everything else that is done for a cacheable method. */
final class MethodFrameInterceptor implements MethodInterceptor {

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object target = call.getThis();
        ResolvableType type = target == null
                ? ResolvableType.forMethodReturnType(call.getMethod())
                : ResolvableType.forMethodReturnType(call.getMethod(), target.getClass());
        Type returned = type.toClass() == Optional.class ? type.getGeneric(0).getType() : type.getType();
        MethodFrame frame = MethodFrame.enter(returned);
        try {
            return call.proceed();
        } finally {
            frame.close();
        }
    }
}
