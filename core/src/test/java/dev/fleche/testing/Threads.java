package dev.fleche.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Threads that start together, and are waited for with a limit. */
public final class Threads {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Threads() {}

    /** Runs {@code task} in {@code count} threads at once, with their numbers from 0, and fails if one of them does. */
    public static void inParallel(int count, IntConsumer task) {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    task.accept(number);
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the threads did not end within " + LIMIT, e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns whether {@code thread} waits, with a limit or without. */
    public static boolean isWaiting(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
