package dev.fleche.cache;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.KeyLocks;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The locks by which the processes that share a store agree who computes, as flights use them.
 *
 * <p>They only save work. So whatever goes wrong with them costs the lock and never the call, in strict mode too: there
 * is one warning for each store, and for some seconds nobody asks again. Safe for use by several threads.
 */
final class ProcessLocks {

    /** No locks, for stores that no other process shares: nobody waits for another process there, however long. */
    static final ProcessLocks NONE = new ProcessLocks(KeyLocks.none(), Duration.ofNanos(LockWaits.UNLIMITED));

    /** In place of a lock that cannot be had. */
    static final KeyLock UNLOCKED = () -> {};

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.cache");
    private static final Duration MAX_WAIT = maxWait();
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Releases the locks of flights that can never land, because nobody knows their futures any more. */
    private static final class Forgotten {
        static final Cleaner CLEANER = Cleaner.create();
    }

    private final KeyLocks locks;
    private final Duration maxWait;
    private final Supplier<Cleaner> cleaner;
    private final LockWaits waits = new LockWaits(this::tryLock, this::ask);
    private final LongestRuns runs = new LongestRuns();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean failing;
    private volatile long failedNanos;

    private static Duration maxWait() {
        long millis = Math.max(0, Long.getLong("dev.fleche.maxLockWaitMillis", 10_000L));
        return Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Returns the locks of a store with the usual limits. */
    static ProcessLocks of(KeyLocks locks) {
        return locks == KeyLocks.none() ? NONE : new ProcessLocks(locks, MAX_WAIT);
    }

    /**
     * Creates the locks of a store.
     *
     * @param maxWait how long this process waits at least, though others wait for it
     */
    ProcessLocks(KeyLocks locks, Duration maxWait) {
        this(locks, maxWait, () -> Forgotten.CLEANER);
    }

    /** Creates the same with a cleaner of the caller's; that it cannot be had costs the locks that need it. */
    ProcessLocks(KeyLocks locks, Duration maxWait, Supplier<Cleaner> cleaner) {
        this.locks = locks;
        this.maxWait = maxWait;
        this.cleaner = cleaner;
    }

    /** Returns whether there are other processes to agree with. */
    boolean isShared() {
        return locks != KeyLocks.none();
    }

    /** Returns the lock, or nothing if another process holds it. */
    Optional<KeyLock> tryLock(Digest key) {
        return ask(key).map(granted -> granted == UNLOCKED ? granted : HeldKeys.hold(locks, key, granted));
    }

    private Optional<KeyLock> ask(Digest key) {
        if (failing && System.nanoTime() - failedNanos < RETRY_NANOS) {
            return Optional.of(UNLOCKED);
        }
        try {
            Optional<KeyLock> lock = locks.tryLock(key);
            failing = false;
            return lock;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            failedNanos = System.nanoTime();
            failing = true;
            report(e);
            return Optional.of(UNLOCKED);
        }
    }

    /**
     * Waits for the lock that another process holds, and returns it.
     *
     * <p>Returns {@link #UNLOCKED} if the thread is interrupted, whose flag stays set, or when the time for
     * {@code function} is over and other processes wait for this one.
     */
    KeyLock await(Digest key, FunctionId function) {
        try {
            return waits.await(key, limitNanos(function)).orElse(UNLOCKED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNLOCKED;
        } catch (ExecutionException e) {
            report(e);
            return UNLOCKED;
        }
    }

    /**
     * Waits for the lock that another process holds, without a thread, and hands it over on {@code executor}.
     *
     * <p>Unless what is returned is cancelled in time, {@code then} is called once, with {@link #UNLOCKED} when the
     * time is over and other processes wait for this one, and closes what it gets.
     *
     * @param executor refuses nothing; one that runs tasks on the thread that brings them holds up all other waits
     */
    PendingLock await(Digest key, FunctionId function, Executor executor, Consumer<KeyLock> then) {
        CompletableFuture<Optional<KeyLock>> wait = waits.start(key, limitNanos(function));
        var unused = wait.whenComplete((lock, failure) -> {
            if (wait.isCancelled()) {
                return;
            }
            if (failure != null) {
                report(failure);
            }
            KeyLock granted = lock == null ? UNLOCKED : lock.orElse(UNLOCKED);
            executor.execute(() -> then.accept(granted));
        });
        return new PendingLock(wait);
    }

    /**
     * Sees to it that a lock is given up once {@code flight} is out of reach, or what is returned is cleaned.
     *
     * <p>If the system gives no thread for that, the lock is given up at once, and null is returned.
     */
    Cleaner.@Nullable Cleanable releaseWith(Object flight, KeyLock lock) {
        try {
            return cleaner.get().register(flight, () -> release(lock));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            release(lock);
            report(e);
            return null;
        }
    }

    /** Gives a lock up; never throws. */
    void release(KeyLock lock) {
        try {
            lock.close();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // it ends with the process, and until then others may wait for what is stored already
            report(e);
        }
    }

    /** Remembers how long a function ran. */
    void note(FunctionId function, Duration run) {
        if (isShared()) {
            runs.note(function, run);
        }
    }

    /** Returns how long this process waits for a call of {@code function} at least, though others wait for it. */
    long limitNanos(FunctionId function) {
        long longest = runs.longestNanos(function);
        return longest > LockWaits.UNLIMITED / 3 ? LockWaits.UNLIMITED : Math.max(3 * longest, maxWait.toNanos());
    }

    private void report(Throwable thrown) {
        Level level = warned.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        LOGGER.log(
                level,
                "other processes cannot be asked what they compute, so a call may be computed twice at a time: "
                        + (thrown.getMessage() == null ? thrown : thrown.getMessage()));
    }
}
