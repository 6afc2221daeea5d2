package dev.fleche.cache;

import dev.fleche.digest.Digest;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The flights of one store, of both kinds: at most one per key.
 *
 * <p>Safe for use by several threads.
 */
final class RunningFlights {

    private final ConcurrentMap<Digest, Running> flights = new ConcurrentHashMap<>();
    private final ReferenceQueue<FutureFlight> forgotten = new ReferenceQueue<>();
    private final AtomicLong landings = new AtomicLong();

    /** Returns the flight of {@code key}; if there was none, null, and it is {@code mine} from then on. */
    @Nullable
    Running enter(Digest key, Running mine) {
        return flights.putIfAbsent(key, mine);
    }

    /** Returns how a flight is entered that is not held from here. */
    WeakFlight weak(Digest key, FutureFlight flight) {
        removeForgotten();
        return new WeakFlight(key, flight, forgotten);
    }

    void remove(Digest key, Running flight) {
        flights.remove(key, flight);
    }

    /** Removes a flight, however it was entered. */
    void remove(FutureFlight flight) {
        Digest key = flight.key();
        if (key != null && flights.get(key) instanceof WeakFlight entered && entered.refersTo(flight)) {
            flights.remove(key, entered);
        }
    }

    /** Notes that a flight lands. */
    void countLanding() {
        landings.incrementAndGet();
    }

    /** Returns how many flights have landed. */
    long landings() {
        return landings.get();
    }

    private void removeForgotten() {
        Reference<? extends @Nullable FutureFlight> next;
        while ((next = forgotten.poll()) != null) {
            WeakFlight flight = (WeakFlight) (Reference<?>) next;
            flights.remove(flight.key(), flight);
        }
    }

    /** Returns how many keys are noted, for tests. */
    int size() {
        removeForgotten();
        return flights.size();
    }
}
