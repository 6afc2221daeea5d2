package dev.fleche;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A task that is done, or that another process does, for who expects one that is yet to be run.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the type of the result
 */
final class StartedTask<T extends @Nullable Object> implements RunnableFuture<T> {

    private static final AtomicLong COUNT = new AtomicLong();

    private final Future<T> future;
    private final long number = COUNT.incrementAndGet();

    StartedTask(Future<T> future) {
        this.future = future;
    }

    /** Runs {@code around}, which runs this task and then tells that it is done, once it is. */
    void thenRun(Runnable around) {
        Outcomes.whenEnded(future, (result, thrown) -> around.run());
    }

    @Override
    public void run() {
        // it has been run, or is by others
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return future.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return future.isCancelled();
    }

    @Override
    public boolean isDone() {
        return future.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        return future.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(timeout, unit);
    }

    /** Returns what no other task is called, for a task around it is known by that. */
    @Override
    public String toString() {
        return "started task [" + number + "]";
    }
}
