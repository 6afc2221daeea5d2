package dev.fleche.processes;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that keeps the time limits of all pools of this process.
 *
 * <p>It is a daemon, and ends while there is nothing to wait for. What it runs must not block. Safe for use by several
 * threads.
 */
final class Timers {

    private static final long IDLE_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private Timers() {}

    private static ScheduledThreadPoolExecutor thread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "fleche-pool-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Runs {@code action} once, after {@code delay}. */
    static void after(Duration delay, Runnable action) {
        afterNanos(nanos(delay), action);
    }

    /** Runs {@code action} once, after {@code delay}, unless the result is cancelled before. */
    static Future<?> cancellableAfter(Duration delay, Runnable action) {
        return THREAD.schedule(action, Math.max(0, nanos(delay)), TimeUnit.NANOSECONDS);
    }

    /** Runs {@code action} once, after {@code nanos}; at once if that is not positive. */
    @SuppressWarnings("FutureReturnValueIgnored") // an action tells its own trouble
    static void afterNanos(long nanos, Runnable action) {
        THREAD.schedule(action, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /** Returns the nanoseconds of {@code duration}, or about 146 years if it is longer. */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(50_000)) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
    }
}
