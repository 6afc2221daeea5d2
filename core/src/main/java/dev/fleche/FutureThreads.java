package dev.fleche;

import java.util.concurrent.RejectedExecutionException;
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

    private static final int MAX_THREADS = 256;
    private static final int IDLE_SECONDS = 2;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Never queues, for a task may wait for another. */
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread("fleche-futures-" + NUMBERS.incrementAndGet(), task));

    private FutureThreads() {}

    /** Runs a task that throws nothing; beyond the limit on the thread that brings it. */
    static void execute(Runnable task) {
        try {
            THREADS.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // the system gives no more threads; whoever depends on the task must not wait for ever
            task.run();
        }
    }

    /** Runs a task that throws nothing for a thread that others wait for; beyond the limit on a thread of its own. */
    static void executeElsewhere(Runnable task) {
        try {
            THREADS.execute(task);
        } catch (RejectedExecutionException e) {
            startThread(task);
        } catch (OutOfMemoryError e) {
            task.run();
        }
    }

    private static void startThread(Runnable task) {
        try {
            thread("fleche-futures-" + NUMBERS.incrementAndGet(), task).start();
        } catch (OutOfMemoryError e) {
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
