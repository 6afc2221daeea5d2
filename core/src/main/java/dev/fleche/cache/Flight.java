package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One running computation of a key.
 *
 * <p>Owned by the thread that runs the body; others wait for its encoded result, or are told of it. Safe for use by
 * several threads.
 */
public final class Flight extends Awaited implements Running {

    private final Digest key;
    private final Thread owner;
    private final AtomicInteger ownedByThread;
    private final Landing landing = new Landing();
    private List<FutureFlight.Dependent> joined = List.of();
    private KeyLock lock = ProcessLocks.UNLOCKED;

    Flight(Digest key, Thread owner, AtomicInteger ownedByThread) {
        this.key = key;
        this.owner = owner;
        this.ownedByThread = ownedByThread;
    }

    Digest key() {
        return key;
    }

    @Override
    Thread owner() {
        return owner;
    }

    @Override
    Landing landing() {
        return landing;
    }

    void own() {
        ownedByThread.incrementAndGet();
    }

    /** Goes on with the lock that the owner has got, if any; it is held until the flight lands. */
    void start(KeyLock granted) {
        lock = granted;
    }

    KeyLock lock() {
        return lock;
    }

    /** Adds a caller that has no thread to wait with, and returns whether it is told of the landing. */
    synchronized boolean join(FutureFlight.Dependent dependent) {
        if (landing.hasHappened()) {
            return false;
        }
        dependent.joins(FutureFlight.alone(dependent));
        if (joined.isEmpty()) {
            joined = new ArrayList<>();
        }
        joined.add(dependent);
        return true;
    }

    /** Lets those who wait go on, and returns those who are to be told. */
    synchronized List<FutureFlight.Dependent> land(@Nullable Value result) {
        ownedByThread.decrementAndGet();
        landing.land(result);
        return List.copyOf(joined);
    }
}
