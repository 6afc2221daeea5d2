package dev.fleche.cache;

import dev.fleche.storage.KeyLock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A lock that another process holds, and that is awaited without a thread. Safe for use by several threads. */
final class PendingLock {

    private final CompletableFuture<Optional<KeyLock>> wait;

    PendingLock(CompletableFuture<Optional<KeyLock>> wait) {
        this.wait = wait;
    }

    /** Goes on without the lock if it has not come after {@code limitNanos} more. */
    void limit(long limitNanos) {
        wait.completeOnTimeout(Optional.empty(), limitNanos, TimeUnit.NANOSECONDS);
    }

    /** Gives the wait up; returns whether that was in time, so that nothing is handed over any more. */
    boolean cancel() {
        return wait.cancel(false);
    }
}
