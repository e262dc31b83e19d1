package dev.staleless.spring.test;

import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.spring.StalelessDataSources;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Counts hits around each test. */
final class HitsExtension implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace HITS = ExtensionContext.Namespace.create(HitsExtension.class);

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        context.getStore(HITS).put(context.getUniqueId(), hits(context));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Long before = context.getStore(HITS).remove(context.getUniqueId(), Long.class);
        long hits = hits(context) - (before == null ? 0 : before);
        ExpectHits expected = AnnotationSupport.findAnnotation(context.getElement(), ExpectHits.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), ExpectHits.class))
                .orElseThrow();
        if (hits < expected.atLeast() || hits > expected.atMost()) {
            throw new AssertionError("hits = " + hits + ": at least " + expected.atLeast() + " and at most "
                    + expected.atMost() + " were expected");
        }
    }

    private static long hits(ExtensionContext context) {
        return SpringExtension.getApplicationContext(context)
                .getBean(StalelessDataSources.class)
                .all()
                .values()
                .stream()
                .mapToLong(HitsExtension::hits)
                .sum();
    }

    private static long hits(StalelessDataSource dataSource) {
        long values = dataSource.mode() == Mode.SERVE
                ? dataSource.computed().statistics().hits()
                : 0;
        return values + dataSource.statistics().hits();
    }
}
