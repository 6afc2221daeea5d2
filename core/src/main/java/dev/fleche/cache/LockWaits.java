package dev.fleche.cache;

import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for locks of one storage that other processes hold.
 *
 * <p>One daemon thread asks for all of them, so that an interrupt of those who wait meets no lock; it ends when nobody
 * has waited for a second. Each is asked for again after a quarter of the time waited so far, between 1 and 100 ms: the
 * lock of a process that has died is taken over within a tenth of a second. While it is held by another process, its
 * {@linkplain HeldKeys#announcement announcement} is held by this one, so that the other can know. A wait has a limit
 * only in a process that is waited for itself. Safe for use by several threads.
 */
final class LockWaits {

    /** A limit that is no limit. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Function<Digest, Optional<KeyLock>> source;
    private final Function<Digest, Optional<KeyLock>> announcing;
    private final ScheduledThreadPoolExecutor poller;

    /**
     * Creates the waits for locks of one source.
     *
     * @param source takes a lock unless another process holds it
     * @param announcing takes the lock of an announcement in the same way
     */
    LockWaits(Function<Digest, Optional<KeyLock>> source, Function<Digest, Optional<KeyLock>> announcing) {
        this.source = source;
        this.announcing = announcing;
        poller = new ScheduledThreadPoolExecutor(1, LockWaits::newThread);
        poller.setKeepAliveTime(1, TimeUnit.SECONDS);
        poller.allowCoreThreadTimeOut(true);
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, "fleche lock poller", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * Waits for a lock and returns it, or nothing when the time is over and others wait for this process.
     *
     * @throws InterruptedException if the thread is interrupted; it has no lock then
     * @throws ExecutionException if the source failed
     */
    Optional<KeyLock> await(Digest key, long limitNanos) throws InterruptedException, ExecutionException {
        CompletableFuture<Optional<KeyLock>> wait = start(key, limitNanos);
        try {
            return wait.get();
        } catch (InterruptedException e) {
            if (wait.cancel(false)) {
                throw e;
            }
            // the lock came at the same moment
            Thread.currentThread().interrupt();
            return wait.join();
        }
    }

    /**
     * Starts to wait for a lock.
     *
     * @return completed by the polling thread with the lock, or with nothing when the time is over and others wait for
     *     this process; whoever gets the lock closes it, and a wait that was cancelled gets none
     */
    CompletableFuture<Optional<KeyLock>> start(Digest key, long limitNanos) {
        Wait wait = new Wait(key, limitNanos);
        boolean started = false;
        try {
            schedule(wait);
            started = true;
        } finally {
            if (!started) {
                // the system gives no thread; a later one must not take a lock for nobody
                wait.cancel(false);
            }
        }
        return wait;
    }

    private void schedule(Wait wait) {
        var unused = poller.schedule(() -> ask(wait), wait.pauseNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask(Wait wait) {
        try {
            if (wait.isDone()) {
                return;
            }
            Optional<KeyLock> lock = source.apply(wait.key);
            if (lock.isEmpty()) {
                wait.announce(announcing);
                if (!wait.isOver() || !HeldKeys.isWaitedFor()) {
                    schedule(wait);
                    return;
                }
            }
            wait.withdraw();
            if (!wait.complete(lock)) {
                lock.ifPresent(KeyLock::close);
            }
        } catch (RuntimeException | Error e) {
            // whatever it is: the executor would keep it to itself, and a thread would wait for ever
            wait.withdraw();
            wait.completeExceptionally(e);
        }
    }

    /** A wait for one lock, and how others know of it. */
    private static final class Wait extends CompletableFuture<Optional<KeyLock>> {

        private final Digest key;
        private final long limitNanos;
        private final long startNanos = System.nanoTime();
        private @Nullable KeyLock announcement;

        Wait(Digest key, long limitNanos) {
            this.key = key;
            this.limitNanos = limitNanos;
        }

        /** Tells the holder that this process waits, unless another process has done so, or the holder just looks. */
        synchronized void announce(Function<Digest, Optional<KeyLock>> announcing) {
            if (announcement == null && !isDone()) {
                announcement = announcing.apply(HeldKeys.announcement(key)).orElse(null);
            }
        }

        synchronized void withdraw() {
            KeyLock announced = announcement;
            announcement = null;
            if (announced != null) {
                announced.close();
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            withdraw();
            return cancelled;
        }

        private long waitedNanos() {
            return System.nanoTime() - startNanos;
        }

        boolean isOver() {
            return waitedNanos() >= limitNanos;
        }

        long pauseNanos() {
            long waited = waitedNanos();
            long pause = Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, waited / 4));
            return waited < limitNanos ? Math.min(pause, limitNanos - waited) : pause;
        }
    }
}
