package dev.fleche.processes;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads on which futures complete.
 *
 * <p>Completing a future runs what the user chained to it, which may block, even for another result of the same worker.
 * So it never happens on a thread that reads results. Whoever is about to complete a future while others wait to be
 * completed first sees to it that another thread can take those. Safe for use by several threads.
 */
final class Completions {

    private static final int MIN_THREADS = 4;
    private static final int MAX_THREADS = 256;
    private static final ForkJoinPool THREADS = threads();

    private static final Queue<Runnable> WAITING = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    private Completions() {}

    private static ForkJoinPool threads() {
        return new ForkJoinPool(
                Math.max(MIN_THREADS, Runtime.getRuntime().availableProcessors()),
                pool -> {
                    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                    thread.setName("fleche-completions-" + thread.getPoolIndex());
                    return thread;
                },
                null,
                true,
                0,
                MAX_THREADS,
                1,
                saturated -> true,
                10,
                TimeUnit.SECONDS);
    }

    /** Runs {@code completion} soon, in another thread; never blocks. */
    static void run(Runnable completion) {
        WAITING.add(completion);
        announce();
    }

    private static void announce() {
        if (!ANNOUNCED.get() && ANNOUNCED.compareAndSet(false, true)) {
            THREADS.execute(Completions::drain);
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
