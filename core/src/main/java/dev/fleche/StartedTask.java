package dev.fleche;

import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A task that is done, or that another process does, for who expects one that is yet to be run.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the type of the result
 */
final class StartedTask<T extends @Nullable Object> extends DelegatingFuture<T> implements RunnableFuture<T> {

    private static final AtomicLong COUNT = new AtomicLong();

    private final long number = COUNT.incrementAndGet();

    StartedTask(Future<T> future) {
        super(future);
    }

    /** Runs {@code around}, which runs this task and then tells that it is done, once it is. */
    void thenRun(Runnable around) {
        Outcomes.whenEnded(future(), (result, thrown) -> around.run());
    }

    @Override
    public void run() {
        // it has been run, or is by others
    }

    /** Returns what no other task is called, for a task around it is known by that. */
    @Override
    public String toString() {
        return "started task [" + number + "]";
    }
}
