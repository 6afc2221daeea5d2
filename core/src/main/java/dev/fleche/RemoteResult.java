package dev.fleche;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The result of one submission that another process computes, perhaps for others too.
 *
 * <p>Cancelling it leaves the others alone. Safe for use by several threads.
 *
 * @param <R> the type of the result
 */
final class RemoteResult<R extends @Nullable Object> extends CompletableFuture<R> {

    private final Call<R> call;
    private final ExecutorService executor;
    private volatile @Nullable RemoteFlight<R> flight;

    RemoteResult(Call<R> call, ExecutorService executor) {
        this.call = call;
        this.executor = executor;
    }

    Call<R> call() {
        return call;
    }

    ExecutorService executor() {
        return executor;
    }

    void waitFor(RemoteFlight<R> other) {
        flight = other;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        RemoteFlight<R> left = flight;
        if (cancelled && left != null) {
            left.leave(this, mayInterruptIfRunning);
        }
        return cancelled;
    }
}
