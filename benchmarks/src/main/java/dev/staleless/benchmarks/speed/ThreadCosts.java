package dev.staleless.benchmarks.speed;

import java.lang.management.ManagementFactory;

/**
 * What the calling thread has cost so far: time on a processor, and bytes allocated. Unlike elapsed time neither depends much on what
 * else the machine does.
 */
record ThreadCosts(long cpuNanos, long bytes) {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @SuppressWarnings("deprecation") // the id of a thread of a platform
    static ThreadCosts now() {
        return new ThreadCosts(
                THREADS.getCurrentThreadCpuTime(),
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
    }

    ThreadCosts since(ThreadCosts earlier) {
        return new ThreadCosts(cpuNanos - earlier.cpuNanos, bytes - earlier.bytes);
    }
}
