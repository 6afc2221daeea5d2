package dev.fleche;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The future of the body that a call starts, followed to its end. Safe for use by several threads. */
final class FollowedBody {

    private final AsyncInvocation call;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable BodyFuture future;

    FollowedBody(AsyncInvocation call) {
        this.call = call;
    }

    /**
     * Follows a future, on whichever thread completes it.
     *
     * @param started a stage, or a future that must be asked
     * @param isHeldHere whether the caller does not get {@code started}, so that nobody else may hold it
     */
    void follow(Object started, boolean isHeldHere) {
        if (started instanceof CompletionStage<?> stage) {
            future = new BodyFuture.Observed(stage);
            stage.whenComplete(this::end);
        } else {
            future = BodyFuture.Polled.of((Future<?>) started);
            PendingFutures.watch(this, (Future<?>) started, isHeldHere);
        }
    }

    /** Only the first of several calls counts. */
    private void end(@Nullable Object brought, @Nullable Throwable thrown) {
        if (ended.compareAndSet(false, true)) {
            call.bodyEnded(brought, thrown);
        }
    }

    /** Returns whether the future has come to its end. */
    boolean hasEnded() {
        return ended.get();
    }

    /** Returns the future, if it is known and one that must be asked. */
    @Nullable
    Future<?> polled() {
        return future instanceof BodyFuture.Polled asked ? asked.future() : null;
    }

    /** Takes over what {@code done} holds, which is the future and has ended. */
    void poll(Future<?> done) {
        BodyFuture.Polled.tell(done, this::end);
    }

    /** Gives up a future that nobody can complete any more; nobody holds that of its caller either. */
    void forget() {
        if (ended.compareAndSet(false, true)) {
            call.abandon();
        }
    }

    /** Asks the future to cancel itself; returns whether there is one. */
    boolean cancel(boolean mayInterrupt) {
        BodyFuture started = future;
        if (started == null) {
            return false;
        }
        try {
            started.cancel(mayInterrupt);
        } catch (RuntimeException e) {
            // the caller's future is cancelled, whether or not the body's can be
            Trouble.LOGGER.log(Level.DEBUG, "the future of a body cannot be cancelled", e);
        }
        return true;
    }
}
