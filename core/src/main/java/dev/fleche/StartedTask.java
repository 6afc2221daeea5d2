package dev.fleche;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A task that is done, or that another process does, for who expects one that is yet to be run.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the type of the result
 */
final class StartedTask<T extends @Nullable Object> implements RunnableFuture<T> {

    private final Future<T> future;

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
}
