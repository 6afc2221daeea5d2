package dev.fleche.cache;

import dev.fleche.digest.Digest;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The running computations of one store whose results are futures: at most one per key, in this process.
 *
 * <p>Whoever enters first owns the flight and starts the body; those who enter until the result is stored depend on it.
 * Nobody waits here. A flight is held by what will complete it and by its callers, and not from here: one that can
 * never complete, because nobody knows its future any more, blocks no later call. Safe for use by several threads.
 */
public final class FutureFlights {

    private final ConcurrentMap<Digest, Entered> flights = new ConcurrentHashMap<>();
    private final ReferenceQueue<FutureFlight> forgotten = new ReferenceQueue<>();
    private final AtomicLong landings = new AtomicLong();

    /** How a caller goes on after it entered. */
    public sealed interface Entry {

        /**
         * The caller owns the flight: it starts the body, and the flight is landed whatever happens.
         *
         * @param flight the flight to land
         * @param lookAgain whether another flight has landed since the look-up, perhaps of this key
         */
        record Owner(FutureFlight flight, boolean lookAgain) implements Entry {}

        /** The caller has joined a flight, and is told when it lands. */
        record Joined() implements Entry {}

        /** The caller runs the body for itself: it is part of what the flight computes, or may be. */
        record Alone() implements Entry {}
    }

    /** A flight as the map knows it. */
    private static final class Entered extends WeakReference<FutureFlight> {
        private final Digest key;

        Entered(FutureFlight flight, ReferenceQueue<FutureFlight> queue) {
            super(flight, queue);
            this.key = flight.key();
        }
    }

    /** Creates the flights of a store. */
    public FutureFlights() {}

    /** Returns a stamp to take before a look-up and to hand to {@link #enter} after its miss. */
    public long stamp() {
        return landings.get();
    }

    /**
     * Enters the flight of {@code key}. Never waits.
     *
     * @throws StackOverflowError if so little stack is left that the flight might not be landed; nothing is entered
     *     then
     */
    public Entry enter(Digest key, long stamp, FutureFlight.Dependent dependent) {
        CallStack.requireSpareFrames();
        removeForgotten();
        FutureFlight mine = FutureFlight.alone(key, dependent);
        Entered entered = new Entered(mine, forgotten);
        while (true) {
            Entered other = flights.putIfAbsent(key, entered);
            if (other == null) {
                return new Entry.Owner(mine, landings.get() != stamp);
            }
            FutureFlight flight = other.get();
            if (flight != null && (flight.isStartedByThisThread() || CallStack.isInNestedTask())) {
                return new Entry.Alone();
            }
            if (flight != null && flight.join(dependent)) {
                return new Entry.Joined();
            }
            flights.remove(key, other);
        }
    }

    /**
     * Ends a flight, and returns those who had joined it, for the caller to tell them.
     *
     * <p>To be called after the result was stored, so that who enters next finds it. Idempotent.
     */
    public List<FutureFlight.Dependent> land(FutureFlight flight) {
        landings.incrementAndGet();
        Entered entered = flights.get(flight.key());
        if (entered != null && entered.refersTo(flight)) {
            flights.remove(flight.key(), entered);
        }
        return flight.land();
    }

    private void removeForgotten() {
        Reference<? extends @Nullable FutureFlight> next;
        while ((next = forgotten.poll()) != null) {
            flights.remove(((Entered) next).key, next);
        }
    }

    /** Returns how many keys are noted, for tests. */
    int size() {
        removeForgotten();
        return flights.size();
    }
}
