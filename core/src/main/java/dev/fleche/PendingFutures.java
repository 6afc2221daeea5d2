package dev.fleche;

import java.lang.ref.WeakReference;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The futures of bodies that must be asked whether they are done.
 *
 * <p>One daemon thread asks, each future in growing intervals, and ends when there is none. It only notices: what is
 * done is stored on another thread. A result that a caller asks for does not wait for it. A future is held for a minute
 * and then left to those who complete it: one that they have dropped as well can never be done. Safe for use by several
 * threads.
 */
final class PendingFutures {

    private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(256);
    private static final long HELD_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** More than the longest interval: who waits as long in vain finds nothing to wait for. */
    private static final long IDLE_NANOS = 2 * MAX_INTERVAL_NANOS;

    private static final DelayQueue<Pending> PENDING = new DelayQueue<>();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable Thread thread;
    private static volatile long letGo = System.nanoTime();

    private PendingFutures() {}

    /** A future that is not done yet. Confined to the thread that asks, once it is in the queue. */
    private static final class Pending implements Delayed {

        private final FollowedBody body;
        private final WeakReference<Future<?>> future;
        private final boolean heldForEver;
        private final long since = System.nanoTime();
        private @Nullable Future<?> held;
        private long interval = FIRST_INTERVAL_NANOS;
        private long next = since + interval;

        Pending(FollowedBody body, Future<?> future, boolean heldForEver) {
            this.body = body;
            this.future = new WeakReference<>(future);
            this.held = future;
            this.heldForEver = heldForEver;
        }

        /** Returns whether the future is to be asked again. */
        boolean isPending() {
            if (body.hasEnded()) {
                return false;
            }
            Future<?> asked = held != null ? held : future.get();
            if (asked == null) {
                FutureThreads.execute(body::forget);
                return false;
            }
            if (isDone(asked)) {
                FutureThreads.execute(() -> body.poll(asked));
                return false;
            }
            later();
            return true;
        }

        private static boolean isDone(Future<?> future) {
            try {
                return future.isDone();
            } catch (RuntimeException e) {
                // its get() will tell those who want to know
                return true;
            }
        }

        private void later() {
            long now = System.nanoTime();
            if (!heldForEver && (now - since > HELD_NANOS || since - letGo < 0)) {
                held = null;
            }
            interval = Math.min(2 * interval, MAX_INTERVAL_NANOS);
            next = now + interval;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(next - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(next - ((Pending) other).next);
        }
    }

    /**
     * Sees to it that {@code body} is told when {@code future} is done.
     *
     * @param heldForEver whether nobody else may hold the future
     */
    static void watch(FollowedBody body, Future<?> future, boolean heldForEver) {
        if (future.isDone()) {
            body.poll(future);
            return;
        }
        LOCK.lock();
        try {
            PENDING.add(new Pending(body, future, heldForEver));
            if (thread == null) {
                Thread started = FutureThreads.thread("fleche-pending-futures", PendingFutures::run);
                started.start();
                thread = started;
            }
        } catch (OutOfMemoryError e) {
            // the system gives no more threads: what a caller asks for is stored then, and the next future tries again
        } finally {
            LOCK.unlock();
        }
    }

    private static void run() {
        do {
            try {
                for (Pending next = next(); next != null; next = next()) {
                    if (next.isPending()) {
                        PENDING.add(next);
                    }
                }
            } catch (InterruptedException e) {
                // only a program that interrupts every thread does this, and it means its own
            }
        } while (!isEnded());
    }

    private static @Nullable Pending next() throws InterruptedException {
        return PENDING.poll(IDLE_NANOS, TimeUnit.NANOSECONDS);
    }

    private static boolean isEnded() {
        LOCK.lock();
        try {
            if (!PENDING.isEmpty()) {
                return false;
            }
            thread = null;
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    /** Leaves all futures to those who complete them, as a minute does; for tests. */
    static void letGo() {
        letGo = System.nanoTime();
    }

    /** Returns the thread that asks, if there is one. */
    static @Nullable Thread thread() {
        LOCK.lock();
        try {
            return thread;
        } finally {
            LOCK.unlock();
        }
    }
}
