package dev.fleche.cache;

import dev.fleche.storage.KeyLock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A lock that another process holds, and that is awaited without a thread. Safe for use by several threads. */
final class PendingLock {

    private final CompletableFuture<Optional<KeyLock>> wait;

    PendingLock(CompletableFuture<Optional<KeyLock>> wait) {
        this.wait = wait;
    }

    /** Gives the wait up; returns whether that was in time, so that nothing is handed over any more. */
    boolean cancel() {
        return wait.cancel(false);
    }
}
