package dev.fleche.processes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are submitted together, and all or any of whose results are waited for.
 *
 * <p>Whatever ends the wait early cancels what is left. Not thread-safe; confined to one call.
 */
final class Batch<T extends @Nullable Object> {

    private static final long FOR_EVER = Room.FOR_EVER;

    private final ProcessPool pool;
    private final List<Callable<T>> tasks;
    private final List<CompletableFuture<T>> futures = new ArrayList<>();

    Batch(ProcessPool pool, Collection<? extends Callable<T>> tasks) {
        this.pool = pool;
        this.tasks = List.copyOf(tasks);
    }

    private void submitAll(long start, long nanos) throws InterruptedException, TimeoutException {
        for (Callable<T> task : tasks) {
            futures.add(pool.submit(task, left(start, nanos)));
        }
    }

    /** Stands in for tasks that the time has not been enough to submit. */
    private void addCancelled() {
        while (futures.size() < tasks.size()) {
            CompletableFuture<T> never = new CompletableFuture<>();
            never.cancel(false);
            futures.add(never);
        }
    }

    private void cancelAll() {
        for (CompletableFuture<T> future : futures) {
            future.cancel(true);
        }
    }

    /** Returns the futures once all are done. */
    List<Future<T>> all() throws InterruptedException {
        return all(FOR_EVER);
    }

    /** Returns the futures once all are done or the time is over; the latter are cancelled. */
    List<Future<T>> all(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        boolean done = false;
        try {
            submitAll(start, nanos);
            done = awaitAll(start, nanos);
        } catch (TimeoutException e) {
            addCancelled();
        } finally {
            if (!done) {
                cancelAll();
            }
        }
        return new ArrayList<>(futures);
    }

    private boolean awaitAll(long start, long nanos) throws InterruptedException, TimeoutException {
        for (CompletableFuture<T> future : futures) {
            try {
                future.get(left(start, nanos), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | CancellationException e) {
                // the caller learns that from the future
            }
        }
        return true;
    }

    private static long left(long start, long nanos) {
        return nanos == FOR_EVER ? FOR_EVER : nanos - (System.nanoTime() - start);
    }

    /** Returns the first result; throws what the last task threw if all fail. */
    T any() throws InterruptedException, ExecutionException {
        try {
            return any(FOR_EVER);
        } catch (TimeoutException e) {
            throw new IllegalStateException("centuries have passed", e);
        }
    }

    /** Returns the first result within the time; throws what the last task threw if all fail. */
    T any(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("expected at least one task, but there is none");
        }
        long start = System.nanoTime();
        try {
            submitAll(start, nanos);
            return awaitAny(start, nanos);
        } finally {
            cancelAll();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is chained cannot fail
    private T awaitAny(long start, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        BlockingQueue<CompletableFuture<T>> done = new LinkedBlockingQueue<>();
        for (CompletableFuture<T> future : futures) {
            future.whenComplete((result, thrown) -> done.add(future));
        }
        ExecutionException failure = null;
        for (int i = 0; i < futures.size(); i++) {
            CompletableFuture<T> next = done.poll(left(start, nanos), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new TimeoutException("none of " + tasks.size() + " tasks has returned in time");
            }
            try {
                return next.get();
            } catch (ExecutionException e) {
                failure = e;
            } catch (CancellationException e) {
                failure = new ExecutionException(e);
            }
        }
        throw failure == null ? new ExecutionException(new IllegalStateException("no task has ended")) : failure;
    }
}
