package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.KeyLock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The running computations of one store: at most one per key, in this process and, by locks, across processes.
 *
 * <p>Whoever enters first owns the flight and computes; those who enter meanwhile wait for the owner's encoded result.
 * A wait never closes a circle: a thread that would wait for itself, over any number of other threads and stores,
 * computes alone instead. So does a fork/join worker that owns a flight, or has another task under the running one:
 * while it waits it cannot go on with the tasks that others wait for. An interrupt ends a wait and stays set.
 *
 * <p>Where other processes share the store, the owner of a flight holds the lock on its key. A thread that owns no
 * other flight waits for a lock as long as the other process lives; one that does waits at most three times the longest
 * run of the function that this process has seen, at least 10 seconds (system property
 * {@code dev.fleche.maxLockWaitMillis}), and then computes without. Fork/join workers never wait for other processes.
 * Safe for use by several threads, virtual ones included.
 */
public final class SingleFlight {

    /* Who waits for whom.
     *
     * A thread waits for one flight at a time, and a flight has one owner, so the threads and flights
     * form a forest of chains; a wait that would close a circle is refused before it begins. The check
     * and the registration are one step under the lock, or two threads could each find the circle still
     * open. The lock is taken only by threads that are about to wait, and nothing is computed under it.
     *
     * Other processes.
     *
     * The owner of a flight takes the process lock of its key before it computes. Whom another process waits for
     * cannot be seen from here, so circles over processes are not refused but broken by time. In such a circle each
     * thread is waited for, hence owns a flight, or a lock with its flight. Each also waits: for a process lock, or
     * for a flight of its process whose owner, perhaps over others, waits for a process lock.
     *
     * A thread that owns a flight already waits for a process lock only for a limited time. So the circle can only
     * last where each thread that waits for a process lock owns no flight but the one it waits with. That flight is
     * what the next thread of the circle waits for; being waited for itself, that next thread owns another flight.
     * Hence: who owns a flight waits only for a limited time for a flight whose owner waits for a process lock.
     * A flight whose owner has gone on to compute needs no limit: whatever the owner waits for from then on, it waits
     * as one that owns a flight. So every circle has a member that gives up, computes for itself and lands its flight.
     *
     * Fork/join workers do not wait for other processes at all.
     *
     * Futures.
     *
     * A flight of FutureFlights is owned by the thread that starts its body, until that has returned its future. While
     * the flight waits for its process lock nobody runs, and nobody owns it. Threads wait for such a flight in code of
     * the program, which cannot be refused or ended from here; so what a thread must not do its flight does not: one
     * that was entered or joined by a thread that owns another flight waits for its lock only for a limited time, and
     * then starts its body without. A fork/join worker that owns a flight, or runs one task on top of another, starts
     * its body at once. That breaks the circles in which each thread waits inside the body that it started.
     *
     * Which threads work for a body that has returned its future cannot be seen from here, and they own nothing. So
     * there is no limit where such a thread waits for what another process computes, and that for what this process
     * computes: by calls that cross, or because the executors of both have too few threads to go on.
     */
    private static final Map<Thread, Flight> WAITING = new HashMap<>();
    private static final ReentrantLock WAITING_LOCK = new ReentrantLock();
    private static final ThreadLocal<AtomicInteger> OWNED = ThreadLocal.withInitial(AtomicInteger::new);

    private final Map<Digest, Flight> flights;
    private final AtomicLong landings;
    private final ProcessLocks locks;
    private final boolean isLocking;

    /** How a thread goes on after it entered. */
    public sealed interface Entry {

        /**
         * The thread owns the flight: it computes, and then lands the flight whatever happened.
         *
         * @param flight the flight to land
         * @param lookAgain whether the result may have been stored since the look-up: another flight has landed,
         *     perhaps of this key, or other processes were free to compute it
         * @param waited whether the thread waited for another process
         */
        record Owner(Flight flight, boolean lookAgain, boolean waited) implements Entry {}

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

    /** Creates the flights of a store that no other process shares. */
    public SingleFlight() {
        this(ProcessLocks.NONE);
    }

    SingleFlight(ProcessLocks locks) {
        this(new ConcurrentHashMap<>(), new AtomicLong(), locks, locks.isShared());
    }

    private SingleFlight(Map<Digest, Flight> flights, AtomicLong landings, ProcessLocks locks, boolean isLocking) {
        this.flights = flights;
        this.landings = landings;
        this.locks = locks;
        this.isLocking = isLocking;
    }

    /** Returns the same flights for calls that will not be stored, and for which no other process should wait. */
    public SingleFlight withoutLocks() {
        return isLocking ? new SingleFlight(flights, landings, locks, false) : this;
    }

    /** Returns a stamp to take before a look-up and to hand to {@link #enter} after its miss. */
    public long stamp() {
        return landings.get();
    }

    /**
     * Enters the flight of {@code key}, waiting for its owner if there is one, in this process or in another.
     *
     * @param function whose longest run says how long another process is waited for
     * @throws StackOverflowError if so little stack is left that the flight might not be landed; nothing is entered
     *     then
     */
    public Entry enter(Digest key, FunctionId function, long stamp) {
        CallStack.requireSpareFrames();
        long lockNanos = ownsFlight() ? locks.limitNanos(function) : LockWaits.UNLIMITED;
        Flight mine = new Flight(key, Thread.currentThread(), owned());
        Flight other = flights.putIfAbsent(key, mine);
        if (other == null) {
            return own(mine, stamp, lockNanos);
        }
        if (mustNotWait() || !startWaiting(other)) {
            return new Entry.Alone(false);
        }
        try {
            if (!other.await(lockNanos)) {
                return new Entry.Alone(true);
            }
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

    private Entry own(Flight mine, long stamp, long lockNanos) {
        boolean owned = false;
        mine.own();
        try {
            boolean waited = lock(mine, lockNanos);
            boolean lookAgain = isLocking || landings.get() != stamp;
            Entry entry = new Entry.Owner(mine, lookAgain, waited);
            owned = true;
            return entry;
        } finally {
            if (!owned) {
                land(mine, null);
            }
        }
    }

    /** Gets the process lock for a flight, if there is one to be had, and returns whether that took waiting. */
    private boolean lock(Flight mine, long limitNanos) {
        Optional<KeyLock> lock = isLocking ? locks.tryLock(mine.key()) : Optional.of(ProcessLocks.UNLOCKED);
        boolean waits = lock.isEmpty() && !(Thread.currentThread() instanceof ForkJoinWorkerThread);
        mine.start(waits ? locks.await(mine.key(), limitNanos) : lock.orElse(ProcessLocks.UNLOCKED));
        return waits;
    }

    /**
     * Ends a flight and lets those who wait go on.
     *
     * <p>To be called after the result was stored, so that who enters next finds it, in other processes too.
     *
     * @param result the encoded result, or null if there is none; then those who wait compute for themselves
     */
    public void land(Flight flight, @Nullable Value result) {
        landings.incrementAndGet();
        try {
            // before anyone in this process can enter, who would find the key locked
            locks.release(flight.lock());
        } finally {
            flights.remove(flight.key(), flight);
            flight.land(result);
        }
    }

    /** Returns whether the thread owns a flight, of whichever store, so that others may wait for it. */
    static boolean ownsFlight() {
        return owned().get() > 0;
    }

    /** Returns how many flights the thread owns, of all stores and kinds. */
    static AtomicInteger owned() {
        return OWNED.get();
    }

    /** Returns whether the thread is a fork/join worker that others may need while it waits. */
    static boolean mustNotWait() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread && (ownsFlight() || CallStack.isInNestedTask());
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
