package dev.fleche;

import dev.fleche.record.Lookup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call that was started: one class, whether the result was stored or an executor computes it.
 *
 * <p>Unlike its superclass it interrupts the body when it is cancelled so. Futures that depend on it are ordinary ones,
 * and cancelling them cancels only them. Safe for use by several threads.
 *
 * @param <R> the type of the result
 */
final class StartedCall<R extends @Nullable Object> extends CompletableFuture<R> {

    /* Who may interrupt when.
     *
     * The runner is noted and forgotten under the lock, and interrupted under it: so an interrupt meets this body and
     * no later task of the thread. If the body ends without having seen it, it is taken back, unless the thread had
     * come with one.
     *
     * Who cancels claims the end under the same lock, and interrupts before it completes the future: completing runs
     * what depends on it, for as long as that takes. The body does not complete what is claimed.
     */
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread runner;
    private boolean interruptedBefore;
    private boolean interrupted;
    private boolean cancelling;
    private volatile @Nullable Future<?> sent;

    private StartedCall() {}

    static <R extends @Nullable Object> CompletableFuture<R> start(Call<R> call, Executor executor) {
        StartedCall<R> started = new StartedCall<>();
        if (call.find() instanceof Lookup.Hit<R> hit) {
            started.complete(hit.value());
            return started;
        }
        Executor target = executor instanceof FlecheExecutor wrapped ? wrapped.unwrap() : executor;
        if (target instanceof RemoteExecutor remote) {
            started.send(call, new WrappedExecutor(remote));
        } else {
            target.execute(started.new Run(call));
        }
        return started;
    }

    /** Sends the call; a future that is completed by hand or by a time limit takes back what has not begun. */
    private void send(Call<R> call, WrappedExecutor executor) {
        Future<R> future = executor.send(call);
        sent = future;
        Outcomes.whenEnded(future, this::end);
        var unused = whenComplete((result, thrown) -> {
            if (!future.isDone()) {
                future.cancel(false);
            }
        });
    }

    /** Completes with what the body has returned or thrown, unless the future is about to be cancelled. */
    private void end(R result, @Nullable Throwable thrown) {
        if (!isLeft()) {
            return;
        }
        if (thrown != null) {
            completeExceptionally(thrown);
        } else {
            complete(result);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isClaimed(mayInterruptIfRunning)) {
            return isCancelled();
        }
        Future<?> remote = sent;
        if (remote != null) {
            remote.cancel(mayInterruptIfRunning);
        }
        return super.cancel(mayInterruptIfRunning);
    }

    private boolean isClaimed(boolean mayInterrupt) {
        lock.lock();
        try {
            if (isDone()) {
                return false;
            }
            cancelling = true;
            if (mayInterrupt && runner != null) {
                interrupted = true;
                runner.interrupt();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEntered() {
        lock.lock();
        try {
            if (cancelling || isDone()) {
                return false;
            }
            runner = Thread.currentThread();
            interruptedBefore = runner.isInterrupted();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the runner; returns whether what it brings is wanted. */
    private boolean isLeft() {
        lock.lock();
        try {
            runner = null;
            if (interrupted && !interruptedBefore) {
                Thread.interrupted();
            }
            interrupted = false;
            return !cancelling;
        } finally {
            lock.unlock();
        }
    }

    /** What the executor runs. */
    private final class Run implements Runnable, AsynchronousCompletionTask {

        private final Call<R> call;

        Run(Call<R> call) {
            this.call = call;
        }

        @Override
        @SuppressWarnings("NullAway") // no result where something was thrown
        public void run() {
            if (!isEntered()) {
                return;
            }
            R result;
            try {
                result = call.call();
            } catch (Throwable thrown) {
                // whatever it is, whoever waits must learn of it
                end(null, thrown);
                return;
            }
            end(result, null);
        }
    }
}
