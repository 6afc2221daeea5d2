package dev.fleche;

import dev.fleche.record.Lookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tasks given to a wrapped executor together.
 *
 * <p>Not thread-safe; confined to one call.
 *
 * @param <T> the type of the results
 */
final class TaskGroup<T extends @Nullable Object> {

    private final WrappedExecutor executor;
    private final List<Callable<T>> tasks;

    TaskGroup(WrappedExecutor executor, Collection<? extends Callable<T>> tasks) {
        this.executor = executor;
        this.tasks = new ArrayList<>(tasks);
        this.tasks.forEach(task -> Objects.requireNonNull(task, "task"));
    }

    /** A time at which to give up. */
    private record Deadline(long nanoTime) {

        /** Returns one that is centuries away. */
        static Deadline never() {
            return in(Long.MAX_VALUE);
        }

        static Deadline in(long nanos) {
            return new Deadline(System.nanoTime() + nanos);
        }

        long leftNanos() {
            return nanoTime - System.nanoTime();
        }

        boolean isOver() {
            return leftNanos() <= 0;
        }
    }

    List<Future<T>> invokeAll() throws InterruptedException {
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        boolean ended = false;
        try {
            for (Callable<T> task : tasks) {
                futures.add(executor.submit(task));
            }
            for (Future<T> future : futures) {
                await(future);
            }
            ended = true;
            return futures;
        } finally {
            if (!ended) {
                cancel(futures);
            }
        }
    }

    List<Future<T>> invokeAll(long limitNanos) throws InterruptedException {
        Deadline limit = Deadline.in(limitNanos);
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        boolean ended = false;
        try {
            for (Callable<T> task : tasks) {
                futures.add(limit.isOver() ? CallFuture.cancelled() : executor.submit(task));
            }
            for (Future<T> future : futures) {
                await(future, limit.leftNanos());
            }
            ended = true;
            return futures;
        } catch (TimeoutException e) {
            // those that did not make it are cancelled, as the contract has it
            return futures;
        } finally {
            if (!ended) {
                cancel(futures);
            }
        }
    }

    private static void await(Future<?> future) throws InterruptedException {
        if (!future.isDone()) {
            try {
                future.get();
            } catch (CancellationException | ExecutionException e) {
                // it has ended, and that is what was waited for
            }
        }
    }

    private static void await(Future<?> future, long limitNanos) throws InterruptedException, TimeoutException {
        if (!future.isDone()) {
            try {
                future.get(limitNanos, TimeUnit.NANOSECONDS);
            } catch (CancellationException | ExecutionException e) {
                // it has ended, and that is what was waited for
            }
        }
    }

    private static void cancel(List<? extends Future<?>> futures) {
        futures.forEach(future -> future.cancel(true));
    }

    T invokeAny() throws InterruptedException, ExecutionException {
        Deadline limit = Deadline.never();
        if (findAny(limit) instanceof Lookup.Hit<T> hit) {
            return hit.value();
        }
        return isStoredHere()
                ? first(limit, CompletableFuture::get)
                : executor.unwrap().invokeAny(bound());
    }

    T invokeAny(long limitNanos) throws InterruptedException, ExecutionException, TimeoutException {
        Deadline limit = Deadline.in(limitNanos);
        if (findAny(limit) instanceof Lookup.Hit<T> hit) {
            return hit.value();
        }
        return isStoredHere()
                ? first(limit, first -> first.get(limit.leftNanos(), TimeUnit.NANOSECONDS))
                : executor.unwrap().invokeAny(bound(), limit.leftNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Finds a result that is there, as long as there is time; a shut-down executor gets all tasks, to reject them in
     * its own way.
     */
    private Lookup<T> findAny(Deadline limit) {
        if (!executor.isShutdown()) {
            Context context = Context.current();
            for (Callable<T> task : tasks) {
                if (limit.isOver()) {
                    return Lookup.absent();
                }
                if (task instanceof Call<T> call && call.within(context).find() instanceof Lookup.Hit<T> hit) {
                    return hit;
                }
            }
        }
        return Lookup.absent();
    }

    private boolean isStoredHere() {
        return tasks.stream().anyMatch(executor::isStoredHere);
    }

    private List<Callable<T>> bound() {
        return tasks.stream().map(executor::bound).toList();
    }

    /** How to wait for a result. */
    private interface Waiting<T extends @Nullable Object, X extends Exception> {
        T await(CompletableFuture<T> first) throws InterruptedException, ExecutionException, X;
    }

    /** Submits all tasks, so that each is stored as if it were alone, and cancels those that are not needed. */
    private <X extends Exception> T first(Deadline limit, Waiting<T, X> waiting)
            throws InterruptedException, ExecutionException, X {
        CompletableFuture<T> first = new CompletableFuture<>();
        AtomicInteger running = new AtomicInteger(tasks.size());
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                if (limit.isOver()) {
                    break;
                }
                Future<T> future = task instanceof Call<T> call ? executor.send(call) : executor.submit(task);
                futures.add(future);
                Outcomes.whenEnded(future, (result, thrown) -> {
                    if (thrown == null) {
                        first.complete(result);
                    } else if (running.decrementAndGet() == 0) {
                        first.completeExceptionally(new CompletionException(thrown));
                    }
                });
            }
            return waiting.await(first);
        } finally {
            cancel(futures);
        }
    }
}
