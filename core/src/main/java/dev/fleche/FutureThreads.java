package dev.fleche;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which dependents of other callers are completed, and their bodies started.
 *
 * <p>The thread that completes one caller's future must not run the bodies and callbacks of the others: each may block,
 * even until another of them has its result. Daemon threads that end when they are idle, and hold neither class loaders
 * nor thread locals of a program.
 */
final class FutureThreads {

    private static final int IDLE_SECONDS = 2;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Never queues and has no limit, for a task may wait for all others. */
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread("fleche-futures-" + NUMBERS.incrementAndGet(), task));

    private FutureThreads() {}

    /** Runs a task that throws nothing; on the thread that brings it only if the system gives no more threads. */
    static void execute(Runnable task) {
        try {
            THREADS.execute(task);
        } catch (OutOfMemoryError e) {
            // whoever depends on the task must not wait for ever
            task.run();
        }
    }

    /** Returns a daemon thread with the system's class loader. */
    static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
