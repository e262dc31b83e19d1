package dev.staleless.core.coordination;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clocks and threads of this machine. */
final class SystemEnvironment implements Environment {

    private static final Logger LOG = LoggerFactory.getLogger(SystemEnvironment.class);

    private final Clock clock = Clock.system();
    private final ScheduledThreadPoolExecutor background;

    SystemEnvironment() {
        background = new ScheduledThreadPoolExecutor(1, task -> daemon("staleless-background", task));
        background.setKeepAliveTime(10, TimeUnit.SECONDS);
        background.allowCoreThreadTimeOut(true);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public UUID freshId() {
        return UUID.randomUUID();
    }

    @Override
    public void start(String name, Runnable task) {
        daemon(name, task).start();
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        var unused = background.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A background task of the cache failed", e);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Latch latch() {
        return new SystemLatch();
    }

    private static final class SystemLatch implements Latch {
        private final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void open() {
            latch.countDown();
        }

        @Override
        public boolean await(Duration timeout) {
            try {
                return latch.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
