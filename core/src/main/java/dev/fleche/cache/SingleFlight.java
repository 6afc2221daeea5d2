package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The running computations of one store: at most one per key, in this process.
 *
 * <p>Whoever enters first owns the flight and computes; those who enter meanwhile wait for the owner's encoded result.
 * A wait never closes a circle: a thread that would wait for itself, over any number of other threads and stores,
 * computes alone instead. So does a fork/join worker that owns a flight, or has another task under the running one:
 * while it waits it cannot go on with the tasks that others wait for. An interrupt ends a wait and stays set. Safe for
 * use by several threads, virtual ones included.
 */
public final class SingleFlight {

    /* Who waits for whom.
     *
     * A thread waits for one flight at a time, and a flight has one owner, so the threads and flights
     * form a forest of chains; a wait that would close a circle is refused before it begins. The check
     * and the registration are one step under the lock, or two threads could each find the circle still
     * open. The lock is taken only by threads that are about to wait, and nothing is computed under it.
     */
    private static final Map<Thread, Flight> WAITING = new HashMap<>();
    private static final ReentrantLock WAITING_LOCK = new ReentrantLock();
    private static final ThreadLocal<AtomicInteger> OWNED = ThreadLocal.withInitial(AtomicInteger::new);

    /** Frames enough for what must not fail once others wait: landing a flight. */
    private static final int SPARE_FRAMES = 64;

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Map<Digest, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong landings = new AtomicLong();

    /** How a thread goes on after it entered. */
    public sealed interface Entry {

        /**
         * The thread owns the flight: it computes, and then lands the flight whatever happened.
         *
         * @param flight the flight to land
         * @param lookAgain whether another flight has landed since the look-up, perhaps of this key
         */
        record Owner(Flight flight, boolean lookAgain) implements Entry {}

        /**
         * Another thread has computed the result meanwhile.
         *
         * @param value the encoded result
         */
        record Landed(Value value) implements Entry {}

        /**
         * The thread computes for itself: the owner failed, or a wait could never end, or was interrupted.
         *
         * @param waited whether the thread waited
         */
        record Alone(boolean waited) implements Entry {}
    }

    /** Creates the flights of a store. */
    public SingleFlight() {}

    /** Returns a stamp to take before a look-up and to hand to {@link #enter} after its miss. */
    public long stamp() {
        return landings.get();
    }

    /**
     * Enters the flight of {@code key}, waiting for its owner if there is one.
     *
     * @throws StackOverflowError if so little stack is left that the flight might not be landed; nothing is entered
     *     then
     */
    public Entry enter(Digest key, long stamp) {
        touchStack(SPARE_FRAMES, stamp, stamp, stamp, stamp);
        Flight mine = new Flight(key, Thread.currentThread(), OWNED.get());
        Flight other = flights.putIfAbsent(key, mine);
        if (other == null) {
            return own(mine, stamp);
        }
        if (mustNotWait() || !startWaiting(other)) {
            return new Entry.Alone(false);
        }
        try {
            other.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Entry.Alone(true);
        } catch (RejectedExecutionException e) {
            // the fork/join pool has too many waiting workers already, and starts none in place of this one
            return new Entry.Alone(false);
        } finally {
            stopWaiting();
        }
        Value value = other.value();
        return value != null ? new Entry.Landed(value) : new Entry.Alone(true);
    }

    private Entry own(Flight mine, long stamp) {
        boolean owned = false;
        mine.own();
        try {
            Entry entry = new Entry.Owner(mine, landings.get() != stamp);
            owned = true;
            return entry;
        } finally {
            if (!owned) {
                land(mine, null);
            }
        }
    }

    /** Uses {@code frames} frames of the stack, each a little larger than needed. */
    private static long touchStack(int frames, long a, long b, long c, long d) {
        return frames == 0 ? a ^ b ^ c ^ d : touchStack(frames - 1, b, c, d, a + frames) + (a ^ c);
    }

    /**
     * Ends a flight and lets those who wait go on.
     *
     * <p>To be called after the result was stored, so that who enters next finds it.
     *
     * @param result the encoded result, or null if there is none; then those who wait compute for themselves
     */
    public void land(Flight flight, @Nullable Value result) {
        landings.incrementAndGet();
        flights.remove(flight.key(), flight);
        flight.land(result);
    }

    private static boolean mustNotWait() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread
                && (OWNED.get().get() > 0 || isInNestedTask());
    }

    /**
     * Returns whether a fork/join worker runs one task on top of another.
     *
     * <p>A worker that joins a task runs others meanwhile, related or not. The task below may be part of the very
     * computation that the one on top is about to wait for.
     */
    private static boolean isInNestedTask() {
        return STACK.walk(
                frames -> frames.filter(SingleFlight::isRunOfTask).limit(2).count() > 1);
    }

    private static boolean isRunOfTask(StackWalker.StackFrame frame) {
        return frame.getMethodName().equals("exec")
                && frame.getDescriptor().equals("()Z")
                && ForkJoinTask.class.isAssignableFrom(frame.getDeclaringClass());
    }

    private static boolean startWaiting(Flight target) {
        Thread self = Thread.currentThread();
        WAITING_LOCK.lock();
        try {
            Flight next = target;
            while (next != null && !next.isLanded()) {
                if (next.owner() == self) {
                    return false;
                }
                next = WAITING.get(next.owner());
            }
            WAITING.put(self, target);
            return true;
        } finally {
            WAITING_LOCK.unlock();
        }
    }

    private static void stopWaiting() {
        WAITING_LOCK.lock();
        try {
            WAITING.remove(Thread.currentThread());
        } finally {
            WAITING_LOCK.unlock();
        }
    }
}
