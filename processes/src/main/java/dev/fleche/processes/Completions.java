package dev.fleche.processes;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads on which futures complete.
 *
 * <p>Completing a future runs what the user chained to it, which may block, even for another result of the same worker.
 * So it never happens on a thread that reads results. Whoever is about to complete a future while others wait to be
 * completed first sees to it that another thread can take those; there are as many threads as that needs. Safe for use
 * by several threads.
 */
final class Completions {

    private static final long IDLE_SECONDS = 10;
    private static final long RETRY_NANOS = 10_000_000;
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Completions::thread);

    private static final Queue<Runnable> WAITING = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    private Completions() {}

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(null, body, "fleche completions", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    /** Runs {@code completion} soon, in another thread; never blocks. */
    static void run(Runnable completion) {
        WAITING.add(completion);
        announce();
    }

    private static void announce() {
        if (ANNOUNCED.get() || !ANNOUNCED.compareAndSet(false, true)) {
            return;
        }
        try {
            THREADS.execute(Completions::drain);
        } catch (OutOfMemoryError e) { // the system has no further thread now
            ANNOUNCED.set(false);
            Timers.afterNanos(RETRY_NANOS, Completions::announce);
        }
    }

    private static void drain() {
        ANNOUNCED.set(false);
        for (Runnable next = WAITING.poll(); next != null; next = WAITING.poll()) {
            if (!WAITING.isEmpty()) {
                announce();
            }
            next.run();
        }
    }
}
