package dev.fleche;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The future that one caller gets: cancelling or completing it changes nothing for the others.
 *
 * <p>Safe for use by several threads.
 */
final class DependentFuture extends CompletableFuture<@Nullable Object> {

    /** Null once the future is complete, so that it holds nothing but its result. */
    private volatile @Nullable AsyncInvocation call;

    private volatile boolean mayInterrupt;

    DependentFuture(AsyncInvocation call) {
        this.call = call;
    }

    /** Cancels this future, and that of the body if no other caller depends on it. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        AsyncInvocation cancelled = call;
        if (!isDone()) {
            mayInterrupt = mayInterruptIfRunning;
        }
        boolean isCancelled = super.cancel(mayInterruptIfRunning);
        if (isCancelled && cancelled != null) {
            cancelled.leave(mayInterruptIfRunning);
            release();
        }
        return isCancelled;
    }

    /** Returns how the future of a body is to be cancelled that starts after its caller has given up. */
    boolean mayInterrupt() {
        return mayInterrupt;
    }

    /** Returns the future to ask for the result, if it is known and does not tell by itself. */
    @Nullable
    Future<?> polled() {
        FollowedBody body = body();
        return body == null ? null : body.polled();
    }

    /** Asks the future that {@link #polled} returned. */
    void poll() {
        FollowedBody body = body();
        Future<?> done = polled();
        if (body != null && done != null) {
            body.poll(done);
        }
    }

    private @Nullable FollowedBody body() {
        AsyncInvocation running = call;
        return running == null ? null : running.followed();
    }

    void release() {
        call = null;
    }
}
