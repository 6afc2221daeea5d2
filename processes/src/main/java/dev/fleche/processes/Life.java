package dev.fleche.processes;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pool takes tasks, and whether it is over.
 *
 * <p>It is over when it was shut down, no task and no worker is left, and all futures are complete. Guarded by the
 * pool's lock, which it also waits on; what takes no lock in {@link Dispatcher} says so.
 */
final class Life {

    private enum Phase {
        RUNNING,
        SHUT_DOWN,
        STOPPED
    }

    /** The pool, a future of which the thread completes at the moment. */
    private static final ThreadLocal<Life> COMPLETING = new ThreadLocal<>();

    private final Object lock;
    private final AtomicInteger landing = new AtomicInteger();
    private volatile Phase phase = Phase.RUNNING;
    private boolean empty;
    /** How many completions wait for the end of the pool themselves. */
    private int waiting;

    private boolean overForWaiting;
    private @Nullable WorkerCrashedException broken;

    Life(Object lock) {
        this.lock = lock;
    }

    void shutDown() {
        if (phase == Phase.RUNNING) {
            phase = Phase.SHUT_DOWN;
        }
    }

    void stop() {
        phase = Phase.STOPPED;
    }

    void breakDown(WorkerCrashedException why) {
        broken = why;
    }

    void empty(boolean nothingLeft) {
        empty = nothingLeft;
    }

    boolean isRunning() {
        return phase == Phase.RUNNING && broken == null;
    }

    /** Returns whether the pool has been shut down, in one way or the other. Takes no lock. */
    boolean isEnding() {
        return phase != Phase.RUNNING;
    }

    boolean isStopped() {
        return phase == Phase.STOPPED;
    }

    /** Returns why no worker can start, or null if they can. */
    @Nullable
    WorkerCrashedException broken() {
        return broken;
    }

    boolean isBroken() {
        return broken != null;
    }

    void requireRunning() {
        if (!isRunning()) {
            throw refusal();
        }
    }

    /** Returns why no task is taken. */
    RejectedExecutionException refusal() {
        return broken != null
                ? new RejectedExecutionException(broken.getMessage(), broken)
                : new RejectedExecutionException("the pool takes no tasks: it has been shut down");
    }

    /** Notes that a future is about to be completed. */
    void landingBegins() {
        landing.incrementAndGet();
    }

    /** Completes a future. Takes no lock while it does. */
    void landing(Runnable completion) {
        Life outer = COMPLETING.get();
        COMPLETING.set(this);
        try {
            completion.run();
        } finally {
            if (outer == null) {
                COMPLETING.remove();
            } else {
                COMPLETING.set(outer);
            }
            landing.decrementAndGet();
            if (isEnding()) {
                synchronized (lock) {
                    lock.notifyAll();
                }
            }
        }
    }

    boolean isTerminated() {
        synchronized (lock) {
            return isOver(waiting + own());
        }
    }

    /** Returns 1 in what follows a future of this pool, which would wait for itself otherwise. */
    private int own() {
        return COMPLETING.get() == this ? 1 : 0;
    }

    /** Returns whether all is done; in what follows a future, but for {@code waiting} completions that ask the same. */
    private boolean isOver(int waiting) {
        if (!isEnding() || !empty) {
            return false;
        }
        int left = landing.get();
        overForWaiting |= left <= waiting; // stays so, since nothing begins any more
        return left == 0 || (own() > 0 && overForWaiting);
    }

    /** Waits until the pool is over, and returns whether it is. */
    boolean awaitTermination(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (lock) {
            waiting += own();
            lock.notifyAll();
            try {
                while (!isOver(waiting)) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
                return true;
            } finally {
                waiting -= own();
            }
        }
    }
}
