package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One running computation whose result is a future, and those who depend on it.
 *
 * <p>The owner is one of them. Safe for use by several threads.
 */
public final class FutureFlight {

    private final Digest key;
    private final Dependent owner;
    private final Set<Dependent> dependents = new LinkedHashSet<>();
    private @Nullable Thread starter = Thread.currentThread();
    private boolean landed;

    private FutureFlight(Digest key, Dependent owner) {
        this.key = key;
        this.owner = owner;
        dependents.add(owner);
    }

    /** A caller that waits for the result, told apart from others by identity. */
    public interface Dependent {

        /** Returns whether this caller has its result, or gave it up. */
        boolean isDone();

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

        /** Asks the future of the body that this caller has started to cancel itself, as far as there is one. */
        void cancelBody(boolean mayInterrupt);
    }

    /** Returns a flight of which nobody else knows, for a body that is run alone. */
    public static FutureFlight alone(Digest key, Dependent owner) {
        return new FutureFlight(key, owner);
    }

    Digest key() {
        return key;
    }

    /** Returns the caller that started the body. */
    public Dependent owner() {
        return owner;
    }

    /** Notes that the body has returned its future, so that a call of it by the same thread is no call by itself. */
    public synchronized void started() {
        starter = null;
    }

    synchronized boolean isStartedByThisThread() {
        return starter == Thread.currentThread();
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
        return !landed && dependents.stream().allMatch(Dependent::isDone);
    }

    /** Ends the flight, and returns those who had joined it. */
    synchronized List<Dependent> land() {
        landed = true;
        dependents.remove(owner);
        List<Dependent> joined = List.copyOf(dependents);
        dependents.clear();
        return joined;
    }
}
