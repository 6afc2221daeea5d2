package dev.fleche.cache;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.KeyLock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The running computations of one store whose results are futures: at most one per key, in this process and, by locks,
 * across processes.
 *
 * <p>Whoever enters first owns the flight and starts the body; those who enter until the result is stored depend on it.
 * A flight of {@link SingleFlight} is joined just so, and a thread that enters there waits for a flight from here.
 * Nobody waits here, for other processes neither: how long a flight does is described at {@link SingleFlight}. A flight
 * is held by what will complete it and by its callers, and not from here: one that can never complete, because nobody
 * knows its future any more, blocks no later call. Safe for use by several threads.
 */
public final class FutureFlights {

    private final RunningFlights flights;
    private final ProcessLocks locks;
    private final boolean isLocking;
    private final FutureFlights withoutLocks;

    /** How a caller goes on after it entered. */
    public sealed interface Entry {

        /**
         * The caller owns the flight: it {@linkplain FutureFlights#lock locks} it and starts the body, and the flight
         * is landed whatever happens.
         *
         * @param flight the flight to land
         * @param lookAgain whether the result may have been stored since the look-up: another flight has landed,
         *     perhaps of this key, or other processes were free to compute it
         */
        record Owner(FutureFlight flight, boolean lookAgain) implements Entry {}

        /** The caller has joined a flight, and is told when it lands. */
        record Joined() implements Entry {}

        /** The caller runs the body for itself: it is part of what the flight computes, or may be. */
        record Alone() implements Entry {}
    }

    /** Creates the flights of a store that no other process shares, and that has no others. */
    public FutureFlights() {
        this(new RunningFlights(), ProcessLocks.NONE);
    }

    FutureFlights(RunningFlights flights, ProcessLocks locks) {
        this(flights, locks, locks.isShared());
    }

    private FutureFlights(RunningFlights flights, ProcessLocks locks, boolean isLocking) {
        this.flights = flights;
        this.locks = locks;
        this.isLocking = isLocking;
        this.withoutLocks = isLocking ? new FutureFlights(flights, locks, false) : this;
    }

    /**
     * Returns the same flights for calls that will not be stored, and for which no other process should wait: always
     * the same object for one store.
     */
    public FutureFlights withoutLocks() {
        return withoutLocks;
    }

    /** Returns a stamp to take before a look-up and to hand to {@link #enter} after its miss. */
    public long stamp() {
        return flights.landings();
    }

    /**
     * Enters the flight of {@code key}. Never waits.
     *
     * @throws StackOverflowError if so little stack is left that the flight might not be landed; nothing is entered
     *     then
     */
    public Entry enter(Digest key, long stamp, FutureFlight.Dependent dependent) {
        CallStack.requireSpareFrames();
        FutureFlight mine = new FutureFlight(key, dependent, !(isLocking && SingleFlight.mustNotWait()));
        WeakFlight entered = flights.weak(key, mine);
        while (true) {
            Running other = flights.enter(key, entered);
            if (other == null) {
                mine.startsHere();
                return new Entry.Owner(mine, isLocking || flights.landings() != stamp);
            }
            Optional<Entry> entry = join(other, dependent);
            if (entry.isPresent()) {
                return entry.get();
            }
            flights.remove(key, other);
        }
    }

    /** Joins a flight of either kind; returns nothing if there is none any more. */
    private static Optional<Entry> join(Running other, FutureFlight.Dependent dependent) {
        if (other instanceof Flight flight) {
            if (SingleFlight.mustNotWaitFor(flight)) {
                return Optional.of(new Entry.Alone());
            }
            return flight.join(dependent) ? Optional.of(new Entry.Joined()) : Optional.empty();
        }
        FutureFlight flight = ((WeakFlight) other).get();
        if (flight != null && flight.needsThisThread()) {
            return Optional.of(new Entry.Alone());
        }
        return flight != null && flight.join(dependent) ? Optional.of(new Entry.Joined()) : Optional.empty();
    }

    /**
     * Takes the lock among processes for a flight that this thread owns, if there is one to be had. Never waits.
     *
     * <p>Returns false if another process holds it: then {@code then} runs on {@code executor} once the flight has the
     * lock, or must go on without, unless the flight {@linkplain FutureFlight#stopWaiting stops waiting} before. The
     * thread that runs it owns the flight. A fork/join worker that others may need gets no flight that waits.
     *
     * @param function whose longest run says how long another process is waited for, if others wait for this one
     */
    public boolean lock(FutureFlight flight, FunctionId function, Executor executor, Runnable then) {
        Digest key = flight.key();
        Optional<KeyLock> lock = isLocking && key != null ? locks.tryLock(key) : Optional.of(ProcessLocks.UNLOCKED);
        if (key == null || lock.isPresent() || !flight.mayWait()) {
            flight.hold(lock.orElse(ProcessLocks.UNLOCKED), locks);
            return true;
        }
        flight.started();
        flight.waitsFor(locks.await(key, function, executor, granted -> {
            try {
                flight.hold(granted, locks);
                flight.startsHere();
            } finally {
                then.run();
            }
        }));
        return false;
    }

    /**
     * Ends a flight, and returns those who had joined it, for the caller to tell them.
     *
     * <p>To be called after the result was stored, so that who enters next finds it. Idempotent.
     */
    public List<FutureFlight.Dependent> land(FutureFlight flight) {
        flights.countLanding();
        // before anyone in this process can enter, who would find the key locked
        flight.release();
        flights.remove(flight);
        return flight.land();
    }

    /** Returns how many keys are noted, for tests. */
    int size() {
        return flights.size();
    }
}
