package dev.fleche;

import dev.fleche.cache.SingleFlight;
import dev.fleche.digest.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One computation in another process, and those who wait for it; nobody's thread is blocked by it.
 *
 * <p>Each who waits has a future of its own and may cancel it; with the last one the computation is cancelled. Safe for
 * use by several threads.
 *
 * @param <R> the type of the result
 */
final class RemoteFlight<R extends @Nullable Object> {

    private static final Map<SingleFlight, ConcurrentMap<Digest, RemoteFlight<?>>> BY_STORE =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final ReentrantLock lock = new ReentrantLock();
    private final List<RemoteResult<R>> waiting = new ArrayList<>();
    private final @Nullable Digest key;
    private final ConcurrentMap<Digest, RemoteFlight<?>> others;
    private @Nullable Future<?> sent;
    private boolean closed;

    private RemoteFlight(@Nullable Digest key, ConcurrentMap<Digest, RemoteFlight<?>> others, RemoteResult<R> owner) {
        this.key = key;
        this.others = others;
        this.waiting.add(owner);
    }

    /** Returns a flight that nobody else can join. */
    static <R extends @Nullable Object> RemoteFlight<R> alone(RemoteResult<R> owner) {
        RemoteFlight<R> flight = new RemoteFlight<>(null, new ConcurrentHashMap<>(), owner);
        owner.waitFor(flight);
        return flight;
    }

    /** Returns the flight that {@code result} now owns, or null if it waits for that of another. */
    @SuppressWarnings("unchecked") // one key, one function, one type of result
    static <R extends @Nullable Object> @Nullable RemoteFlight<R> enter(
            SingleFlight store, Digest key, RemoteResult<R> result) {
        ConcurrentMap<Digest, RemoteFlight<?>> flights =
                BY_STORE.computeIfAbsent(store, any -> new ConcurrentHashMap<>());
        RemoteFlight<R> mine = new RemoteFlight<>(key, flights, result);
        while (true) {
            RemoteFlight<R> other = (RemoteFlight<R>) flights.putIfAbsent(key, mine);
            if (other == null) {
                result.waitFor(mine);
                return mine;
            }
            if (other.join(result)) {
                return null;
            }
        }
    }

    private boolean join(RemoteResult<R> result) {
        lock.lock();
        try {
            if (!closed) {
                waiting.add(result);
                result.waitFor(this);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Notes what there is to cancel when nobody waits any more. */
    void sent(Future<?> future) {
        boolean unwanted;
        lock.lock();
        try {
            sent = future;
            unwanted = closed;
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            future.cancel(true);
        }
    }

    /** Lets {@code result} wait no longer. */
    void leave(RemoteResult<R> result, boolean mayInterruptIfRunning) {
        Future<?> unwanted = null;
        lock.lock();
        try {
            if (waiting.remove(result) && waiting.isEmpty()) {
                close();
                unwanted = sent;
            }
        } finally {
            lock.unlock();
        }
        if (unwanted != null) {
            unwanted.cancel(mayInterruptIfRunning);
        }
    }

    /** Ends this flight and returns those who still wait. */
    List<RemoteResult<R>> land() {
        lock.lock();
        try {
            close();
            List<RemoteResult<R>> left = List.copyOf(waiting);
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        closed = true;
        if (key != null) {
            others.remove(key, this);
        }
    }
}
