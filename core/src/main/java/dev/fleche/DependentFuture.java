package dev.fleche;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The future that one caller gets: cancelling or completing it changes nothing for the others.
 *
 * <p>Safe for use by several threads.
 */
final class DependentFuture extends CompletableFuture<@Nullable Object> {

    /* Who ends it.
     *
     * Whoever cancels it claims its end: the body is cancelled first, and what that brings must not end this future
     * otherwise. Only then is this future complete, for what runs on completion may block, or wait for the body.
     */
    private final AtomicBoolean cancelling = new AtomicBoolean();

    /** Null once the future is complete, so that it holds nothing but its result. */
    private volatile @Nullable AsyncInvocation call;

    private volatile boolean mayInterrupt;

    DependentFuture(AsyncInvocation call) {
        this.call = call;
    }

    /** Cancels the future of the body if no other caller depends on it, and then this one. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        if (!cancelling.get()) {
            mayInterrupt = mayInterruptIfRunning;
        }
        AsyncInvocation cancelled = call;
        try {
            if (cancelling.compareAndSet(false, true) && cancelled != null) {
                cancelled.leave(mayInterruptIfRunning);
            }
        } finally {
            super.cancel(mayInterruptIfRunning);
            release();
        }
        return isCancelled();
    }

    /** Returns whether its end is settled: it is complete, or being cancelled. */
    boolean isEnding() {
        return cancelling.get() || isDone();
    }

    /** Completes it with the result, unless it is being cancelled. */
    void land(@Nullable Object result) {
        if (!cancelling.get()) {
            complete(result);
        }
        release();
    }

    /** Completes it with what was thrown, unless it is being cancelled. */
    void fail(Throwable thrown) {
        if (!cancelling.get()) {
            completeExceptionally(thrown);
        }
        release();
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
