package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.KeyLock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The running computations of one store: at most one per key, in this process and, by locks, across processes.
 *
 * <p>Whoever enters first owns the flight and computes; those who enter meanwhile wait for the owner's encoded result.
 * A wait closes no circle of flights: a thread that would wait for itself, over any number of other threads and stores,
 * computes alone instead. So does, within some seconds, one that holds a monitor or a {@code ReentrantLock} for which
 * the owner waits. Circles over what no thread is known to hold are not seen: a place in an executor, a transaction of
 * a database, a semaphore. A fork/join worker that owns a flight, or has another task under the running one, computes
 * alone: while it waits it cannot go on with the tasks that others wait for. An interrupt ends a wait and stays set.
 *
 * <p>Where other processes share the store, the owner of a flight holds the lock on its key, and who wants it waits as
 * long as the other process lives. A wait of a process for which others wait has a limit: three times the longest run
 * of the function that this process has seen, at least 10 seconds (system property
 * {@code dev.fleche.maxLockWaitMillis}); then the thread computes without. Fork/join workers never wait for other
 * processes. Safe for use by several threads, virtual ones included.
 */
public final class SingleFlight {

    /* Other processes.
     *
     * The owner of a flight takes the process lock of its key before it computes. Whom another process waits for
     * cannot be seen from here, so circles over processes are not refused but broken by time. What leads on within a
     * process cannot be seen either: a body may wait for an executor whose threads wait for something else. So the
     * process is the unit. From one process to another a circle leads by the wait for a lock that the other holds, or
     * by the wait for a task that the other was given. Hence each process of a lasting circle is waited for by another:
     * for a key that it holds, and then that one has announced it (HeldKeys), or as one that works for others. And each
     * circle that a lock is part of has a process that waits for one. A wait ends when its limit is over and its process
     * is waited for; then its thread computes without, and lands its flight. So no such circle lasts, whatever the waits
     * within the processes are, of threads or of futures.
     *
     * A process that nobody waits for is in no circle, and waits on. One in the middle of a long chain gives up though
     * there is no circle, which costs that a call is computed twice at a time.
     *
     * Fork/join workers do not wait for other processes at all.
     *
     * Futures.
     *
     * A flight of FutureFlights is owned by the thread that starts its body, until that has returned its future. While
     * the flight waits for its process lock nobody runs, and nobody owns it. Threads wait for such a flight in code of
     * the program, which cannot be refused or ended from here; its wait for a lock ends as all do. A flight that a
     * fork/join worker enters which owns another, or which runs one task on top of another, starts its body at once.
     */
    private static final ThreadLocal<AtomicInteger> OWNED = ThreadLocal.withInitial(AtomicInteger::new);

    private final RunningFlights flights;
    private final ProcessLocks locks;
    private final boolean isLocking;
    private final SingleFlight withoutLocks;

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

    /** Creates the flights of a store that no other process shares, and that has no others. */
    public SingleFlight() {
        this(new RunningFlights(), ProcessLocks.NONE);
    }

    SingleFlight(RunningFlights flights, ProcessLocks locks) {
        this(flights, locks, locks.isShared());
    }

    private SingleFlight(RunningFlights flights, ProcessLocks locks, boolean isLocking) {
        this.flights = flights;
        this.locks = locks;
        this.isLocking = isLocking;
        this.withoutLocks = isLocking ? new SingleFlight(flights, locks, false) : this;
    }

    /**
     * Returns the same flights for calls that will not be stored, and for which no other process should wait: always
     * the same object for one store.
     */
    public SingleFlight withoutLocks() {
        return withoutLocks;
    }

    /** Returns a stamp to take before a look-up and to hand to {@link #enter} after its miss. */
    public long stamp() {
        return flights.landings();
    }

    /**
     * Enters the flight of {@code key}, waiting for its owner if there is one, in this process or in another.
     *
     * @param function whose longest run says how long another process is waited for, if others wait for this one
     * @throws StackOverflowError if so little stack is left that the flight might not be landed; nothing is entered
     *     then
     */
    public Entry enter(Digest key, FunctionId function, long stamp) {
        CallStack.requireSpareFrames();
        Flight mine = new Flight(key, Thread.currentThread(), owned());
        while (true) {
            Running other = flights.enter(key, mine);
            if (other == null) {
                return own(mine, function, stamp);
            }
            if (other instanceof Flight flight) {
                return mustNotWait() ? new Entry.Alone(false) : await(flight);
            }
            FutureFlight flight = ((WeakFlight) other).get();
            Optional<Entry> entry = flight == null ? Optional.empty() : await(flight);
            if (entry.isPresent()) {
                return entry.get();
            }
            flights.remove(key, other);
        }
    }

    /** Waits for a flight whose result is a future; returns nothing if it has landed before. */
    private static Optional<Entry> await(FutureFlight flight) {
        if (flight.needsThisThread() || (!flight.owner().isElsewhere() && mustNotWait())) {
            return Optional.of(new Entry.Alone(false));
        }
        JoinedFlight joined = new JoinedFlight(flight);
        if (!flight.join(joined)) {
            return Optional.empty();
        }
        try {
            return Optional.of(await(joined));
        } finally {
            joined.leave();
        }
    }

    private static Entry await(Awaited awaited) {
        if (!WaitingThreads.start(awaited)) {
            return new Entry.Alone(false);
        }
        try {
            if (!WaitingThreads.await(awaited)) {
                return new Entry.Alone(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Entry.Alone(true);
        } catch (RejectedExecutionException e) {
            // the fork/join pool has too many waiting workers already, and starts none in place of this one
            return new Entry.Alone(false);
        }
        Value value = awaited.landing().value();
        return value != null ? new Entry.Landed(value) : new Entry.Alone(true);
    }

    private Entry own(Flight mine, FunctionId function, long stamp) {
        boolean owned = false;
        mine.own();
        try {
            boolean waited = lock(mine, function);
            boolean lookAgain = isLocking || flights.landings() != stamp;
            Entry entry = new Entry.Owner(mine, lookAgain, waited);
            owned = true;
            return entry;
        } finally {
            if (!owned) {
                land(mine, null).forEach(joined -> joined.landed(null));
            }
        }
    }

    /** Gets the process lock for a flight, if there is one to be had, and returns whether that took waiting. */
    private boolean lock(Flight mine, FunctionId function) {
        Optional<KeyLock> lock = isLocking ? locks.tryLock(mine.key()) : Optional.of(ProcessLocks.UNLOCKED);
        boolean waits = lock.isEmpty() && !(Thread.currentThread() instanceof ForkJoinWorkerThread);
        mine.start(waits ? locks.await(mine.key(), function) : lock.orElse(ProcessLocks.UNLOCKED));
        return waits;
    }

    /**
     * Ends a flight and lets those who wait go on.
     *
     * <p>To be called after the result was stored, so that who enters next finds it, in other processes too.
     *
     * @param result the encoded result, or null if there is none; then those who wait compute for themselves
     * @return those who have joined the flight without a thread, for the caller to tell them
     */
    public List<FutureFlight.Dependent> land(Flight flight, @Nullable Value result) {
        List<FutureFlight.Dependent> joined;
        flights.countLanding();
        try {
            // before anyone in this process can enter, who would find the key locked
            locks.release(flight.lock());
        } finally {
            flights.remove(flight.key(), flight);
            joined = flight.land(result);
        }
        return joined;
    }

    /**
     * Notes that this process runs tasks of another one, which waits for them: no wait for another process is unlimited
     * here.
     */
    public static void workForOthers() {
        HeldKeys.workForOthers(true);
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

    /** Returns whether a caller on this thread must not depend on {@code flight}, as a thread must not wait for it. */
    static boolean mustNotWaitFor(Flight flight) {
        return WaitingThreads.leadsToThisThread(flight) || mustNotWait();
    }
}
