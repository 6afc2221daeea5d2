package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One running computation of a key.
 *
 * <p>Owned by the thread that runs the body; others wait for its encoded result. Safe for use by several threads.
 */
public final class Flight {

    private final Digest key;
    private final Thread owner;
    private final AtomicInteger ownedByThread;
    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile @Nullable Value value;
    private KeyLock lock = ProcessLocks.UNLOCKED;

    Flight(Digest key, Thread owner, AtomicInteger ownedByThread) {
        this.key = key;
        this.owner = owner;
        this.ownedByThread = ownedByThread;
    }

    Digest key() {
        return key;
    }

    Thread owner() {
        return owner;
    }

    boolean isLanded() {
        return landed.getCount() == 0;
    }

    /** Returns the encoded result of a landed flight; null if the body failed or its result could not be encoded. */
    @Nullable
    Value value() {
        return value;
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

    void land(@Nullable Value result) {
        value = result;
        ownedByThread.decrementAndGet();
        landed.countDown();
    }

    /** Waits until this flight has landed; a fork/join pool may start another worker meanwhile. */
    void await() throws InterruptedException {
        ForkJoinPool.managedBlock(new ForkJoinPool.ManagedBlocker() {
            @Override
            public boolean block() throws InterruptedException {
                landed.await();
                return true;
            }

            @Override
            public boolean isReleasable() {
                return isLanded();
            }
        });
    }
}
