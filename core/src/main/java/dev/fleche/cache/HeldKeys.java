package dev.fleche.cache;

import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.KeyLocks;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The keys that this process has locked, of all stores, and whether another process waits for one of them.
 *
 * <p>Who waits for a key says so by a second lock, on a name that follows from the key: the lock goes with its process,
 * however that ends, and whoever holds the key finds out by trying the second lock. Safe for use by several threads.
 */
final class HeldKeys {

    /** The property that marks a process which runs tasks of another one; {@code fleche-processes} sets it. */
    static final String WORKER = "dev.fleche.worker";

    /** So long is an answer good for others: many waits may end at once in a process that holds many keys. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int WORD = 8;

    private static final Map<Held, Integer> HELD = new ConcurrentHashMap<>();
    private static volatile boolean worksForOthers;
    private static volatile long notWaitedForNanos = System.nanoTime() - FRESH_NANOS;

    private HeldKeys() {}

    /** A key of one store, which may be granted to this process more than once. */
    private record Held(KeyLocks locks, Digest key) {}

    /** Notes a lock on a key that this process has been granted, until what is returned is closed. */
    static KeyLock hold(KeyLocks locks, Digest key, KeyLock granted) {
        Held held = new Held(locks, key);
        HELD.merge(held, 1, Integer::sum);
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                HELD.computeIfPresent(held, (same, grants) -> grants > 1 ? grants - 1 : null);
                granted.close();
            }
        };
    }

    /** Returns the name by whose lock a process says that it waits for {@code key}. */
    static Digest announcement(Digest key) {
        // stores may look at the first word alone
        byte[] bytes = key.toBytes();
        for (int i = 0; i < WORD; i++) {
            bytes[i] ^= bytes[i + WORD];
        }
        return Digest.of(bytes);
    }

    /** Notes whether others wait for what this process computes, whatever keys it holds. */
    static void workForOthers(boolean works) {
        worksForOthers = works;
    }

    /** Returns whether another process waits for this one, or may do. */
    static boolean isWaitedFor() {
        if (worksForOthers || System.getProperty(WORKER) != null) {
            return true;
        }
        if (System.nanoTime() - notWaitedForNanos < FRESH_NANOS) {
            return false;
        }
        if (HELD.keySet().stream().anyMatch(HeldKeys::isAwaited)) {
            return true;
        }
        notWaitedForNanos = System.nanoTime();
        return false;
    }

    private static boolean isAwaited(Held held) {
        try {
            Optional<KeyLock> free = held.locks.tryLock(announcement(held.key));
            free.ifPresent(KeyLock::close);
            return free.isEmpty();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // nobody can tell any more; to wait for ever would be worse than to compute twice
            return true;
        }
    }
}
