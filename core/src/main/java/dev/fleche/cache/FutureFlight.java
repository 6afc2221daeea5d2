package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import java.lang.ref.Cleaner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One running computation whose result is a future, and those who depend on it.
 *
 * <p>The owner is one of them. While another process holds the lock on the key, the body is not running yet. Safe for
 * use by several threads.
 */
public final class FutureFlight {

    private final @Nullable Digest key;
    private final Dependent owner;
    private final boolean mayWait;
    private final Set<Dependent> dependents = new LinkedHashSet<>();
    private @Nullable Thread starter;
    private @Nullable AtomicInteger ownedByStarter;
    private @Nullable PendingLock pending;
    private Cleaner.@Nullable Cleanable lock;
    private boolean landed;

    FutureFlight(@Nullable Digest key, Dependent owner, boolean mayWait) {
        this.key = key;
        this.owner = owner;
        this.mayWait = mayWait;
        dependents.add(owner);
    }

    /** A caller that waits for the result, told apart from others by identity. */
    public interface Dependent {

        /** Returns whether this caller has its result, or gave it up. */
        boolean isDone();

        /** Returns whether the body of this caller needs no thread of this process. */
        boolean isElsewhere();

        /** Tells which flight this caller joins; it may land at any time from then on. */
        void joins(FutureFlight flight);

        /**
         * Tells that the flight which this caller had joined has landed.
         *
         * @param result the encoded result, or null if there is none; then this caller computes for itself
         */
        void landed(@Nullable Value result);

        /** Tells that the flight which this caller had joined ended in trouble that is to be thrown. */
        void failed(Throwable trouble);

        /** Asks the future of the body that this caller has started to cancel itself, or else starts none. */
        void cancelBody(boolean mayInterrupt);
    }

    /** Returns a flight of which nobody else knows, for a body that is run alone. */
    public static FutureFlight alone(Dependent owner) {
        return new FutureFlight(null, owner, false);
    }

    /** Returns the key under which others find this flight, or null if nobody does. */
    @Nullable
    Digest key() {
        return key;
    }

    /** Returns the caller that started the body. */
    public Dependent owner() {
        return owner;
    }

    /** Notes that this thread is about to start the body: until that returns, others may wait for the thread. */
    synchronized void startsHere() {
        starter = Thread.currentThread();
        ownedByStarter = SingleFlight.owned();
        ownedByStarter.incrementAndGet();
    }

    /** Notes that the body has returned its future, so that a call of it by the same thread is no call by itself. */
    public synchronized void started() {
        starter = null;
        if (ownedByStarter != null) {
            ownedByStarter.decrementAndGet();
            ownedByStarter = null;
        }
    }

    /** Returns the thread that starts the body at this moment, if one does. */
    synchronized @Nullable Thread starter() {
        return starter;
    }

    /** Returns whether this thread may be needed to complete the flight, so that it must not wait for it. */
    boolean needsThisThread() {
        return isStartedByThisThread() || (!owner.isElsewhere() && CallStack.isInNestedTask());
    }

    private synchronized boolean isStartedByThisThread() {
        return starter == Thread.currentThread();
    }

    /** Returns whether it may wait for another process. */
    boolean mayWait() {
        return mayWait;
    }

    /** Notes that the lock was asked for. */
    synchronized void waitsFor(PendingLock awaited) {
        pending = awaited;
    }

    /** Gives up waiting for another process; returns whether that was in time, so that no lock will come. */
    public synchronized boolean stopWaiting() {
        return pending != null && pending.cancel();
    }

    /** Goes on with the lock that the owner has got, if any; it is held until the flight lands, or nobody knows it. */
    synchronized void hold(KeyLock granted, ProcessLocks locks) {
        pending = null;
        if (granted != ProcessLocks.UNLOCKED) {
            lock = locks.releaseWith(this, granted);
        }
    }

    /** Gives the lock up, if there is one. Idempotent. */
    void release() {
        Cleaner.Cleanable held;
        synchronized (this) {
            held = lock;
            lock = null;
        }
        if (held != null) {
            held.clean();
        }
    }

    /** Adds a caller, and returns whether it is told of the landing; false if that has happened. */
    synchronized boolean join(Dependent dependent) {
        if (!landed) {
            dependent.joins(this);
            dependents.add(dependent);
        }
        return !landed;
    }

    /** Removes a caller that was cancelled; when no other is left, the body's future is cancelled as well. */
    public void leave(Dependent dependent, boolean mayInterrupt) {
        if (isLeftAloneBy(dependent)) {
            owner.cancelBody(mayInterrupt);
        }
    }

    private synchronized boolean isLeftAloneBy(Dependent dependent) {
        dependents.remove(dependent);
        return isUnwanted();
    }

    /** Returns whether all who depended on the result have it or gave it up, though the flight has not landed. */
    public synchronized boolean isUnwanted() {
        return !landed && dependents.stream().allMatch(Dependent::isDone);
    }

    /** Ends the flight, and returns those who had joined it. */
    synchronized List<Dependent> land() {
        started();
        landed = true;
        dependents.remove(owner);
        List<Dependent> joined = List.copyOf(dependents);
        dependents.clear();
        return joined;
    }
}
