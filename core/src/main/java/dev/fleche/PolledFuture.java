package dev.fleche;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The future that a caller gets of a function that is declared to return a {@code Future}.
 *
 * <p>The body's future may not tell when it completes, so whoever asks this one looks after that one: its result is
 * stored by the thread that asks, before it is returned. Safe for use by several threads.
 */
final class PolledFuture implements Future<@Nullable Object> {

    /** How long to wait for the body's future before looking whether this one was cancelled meanwhile. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DependentFuture dependent;

    /** The body's future, if this caller has started it: as long as the caller holds on to this one, it must live. */
    private final @Nullable Object held;

    PolledFuture(DependentFuture dependent, @Nullable Object held) {
        this.dependent = dependent;
        this.held = held;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return isDone() ? dependent.isCancelled() : dependent.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return isDone() && dependent.isCancelled();
    }

    @Override
    public boolean isDone() {
        Future<?> future = dependent.polled();
        if (future != null && future.isDone()) {
            dependent.poll();
        }
        return dependent.isDone();
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
        while (!dependent.isDone()) {
            await(Long.MAX_VALUE);
        }
        return dependent.get();
    }

    @Override
    public @Nullable Object get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        long limit = unit.toNanos(timeout);
        for (long left = limit; !dependent.isDone() && left > 0; left = limit - (System.nanoTime() - start)) {
            await(left);
        }
        return isDone() ? dependent.get() : dependent.get(0, TimeUnit.NANOSECONDS);
    }

    /** Waits a while for the body's future, or for this one where that is not known or is being stored. */
    private void await(long maxNanos) throws InterruptedException {
        long nanos = held instanceof CompletionStage ? maxNanos : Math.min(maxNanos, SLICE_NANOS);
        Future<?> future = dependent.polled();
        try {
            if (future != null) {
                awaitBody(future, nanos);
                dependent.poll();
            }
            dependent.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            // whoever waits asks the dependent again
        }
    }

    private static void awaitBody(Future<?> future, long nanos) throws InterruptedException, TimeoutException {
        try {
            future.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException e) {
            // it is done, which is all that is asked here
        }
    }

    /** Returns the state of the future, for people to read. */
    @Override
    public String toString() {
        return "future of a memoised call" + (held == null ? ", of " + dependent : ", of " + held);
    }
}
