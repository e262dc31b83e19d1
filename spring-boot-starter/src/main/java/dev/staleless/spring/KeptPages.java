package dev.staleless.spring;

import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.jdbc.computed.ComputedValues;
import dev.staleless.jdbc.computed.ValueLookup;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Answers requests for {@link ComputedPage pages} that are kept, and keeps those that a controller has answered. What the controller asks
 * is recorded from before it is run until it has ended; what it leaves to other threads is not kept.
 */
@ControllerAdvice
final class KeptPages implements AsyncHandlerInterceptor, ResponseBodyAdvice<Object>, WebMvcConfigurer {

    private static final String FILLING = KeptPages.class.getName();

    private final Supplier<ComputedValues> values;

    KeptPages(Supplier<ComputedValues> values) {
        this.values = values;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        ComputedPage page =
                handler instanceof HandlerMethod method ? method.getMethodAnnotation(ComputedPage.class) : null;
        if (page == null
                || request.getDispatcherType() != DispatcherType.REQUEST
                || !HttpMethod.GET.matches(request.getMethod())) {
            return true;
        }
        ComputedSettings settings = ComputedSettings.of(SettingValues.time("ttl of " + handler, page.ttl()));
        ValueLookup lookup = values.get().lookup(key(request, handler.toString(), page), settings, true);
        if (lookup instanceof ValueLookup.Hit hit && hit.bytes() != null) {
            answer(request, response, hit.tag(), KeptPage.decode(hit.bytes()));
            return false;
        } else if (lookup instanceof ValueLookup.Filling filling) {
            request.setAttribute(FILLING, filling);
        }
        return true;
    }

    private static ComputedKey key(HttpServletRequest request, String method, ComputedPage page) {
        Principal user = request.getUserPrincipal();
        String query = request.getQueryString();
        List<Object> all = new ArrayList<>(List.of(
                method, request.getRequestURI(), query == null ? "" : "?" + query, user == null ? "" : user.getName()));
        for (String header : page.vary()) {
            String value = request.getHeader(header);
            all.add(value == null ? "" : "=" + value);
        }
        return ComputedKey.of("page", all.toArray());
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, String tag, KeptPage page)
            throws IOException {
        if (new ServletWebRequest(request, response).checkNotModified('"' + tag + '"')) {
            return;
        }
        response.setContentType(page.type());
        response.setContentLength(page.body().length);
        response.getOutputStream().write(page.body());
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return returned.hasMethodAnnotation(ComputedPage.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        Object filling = request instanceof ServletServerHttpRequest servlet
                ? servlet.getServletRequest().getAttribute(FILLING)
                : null;
        boolean ok = response instanceof ServletServerHttpResponse servlet
                && servlet.getServletResponse().getStatus() == HttpStatus.OK.value();
        KeptPage page = ok ? KeptPage.of(type, body) : null;
        if (page != null && filling instanceof ValueLookup.Filling open && open.keep(page.encode()) == null) {
            response.getHeaders().setETag('"' + open.tag() + '"');
        }
        return body;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        end(request);
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        end(request);
    }

    private static void end(HttpServletRequest request) {
        if (request.getAttribute(FILLING) instanceof ValueLookup.Filling filling) {
            request.removeAttribute(FILLING);
            filling.close();
        }
    }

    /** An answer as it is kept: its type, a line feed, its body. */
    private record KeptPage(String type, byte[] body) {

        /** Null if it is no text and no bytes. */
        static @Nullable KeptPage of(MediaType type, @Nullable Object body) {
            if (body instanceof byte[] bytes) {
                return new KeptPage(type.toString(), bytes);
            } else if (body instanceof String text) {
                MediaType utf8 = new MediaType(type, StandardCharsets.UTF_8);
                return new KeptPage(utf8.toString(), text.getBytes(StandardCharsets.UTF_8));
            }
            return null;
        }

        static KeptPage decode(byte[] bytes) {
            int end = 0;
            while (bytes[end] != '\n') {
                end++;
            }
            String type = new String(bytes, 0, end, StandardCharsets.UTF_8);
            return new KeptPage(type, java.util.Arrays.copyOfRange(bytes, end + 1, bytes.length));
        }

        byte[] encode() {
            byte[] head = (type + '\n').getBytes(StandardCharsets.UTF_8);
            byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }
    }
}
