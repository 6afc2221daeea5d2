package dev.fleche.sql;

import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.KeyLocks;
import dev.fleche.storage.StorageException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Locks on keys by a server, for one opening of a store.
 *
 * <p>All openings of a store in this JVM by the same address and user share a connection. Safe for use by several
 * threads.
 */
final class ServerLocks implements KeyLocks {

    private static final Map<String, Shared> OPEN = new HashMap<>();

    private final String store;
    private final String place;
    private final Shared shared;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What the openings of a store share. */
    private static final class Shared {
        final JvmLocks locks;
        int openings;

        Shared(JvmLocks locks) {
            this.locks = locks;
        }
    }

    private ServerLocks(String store, String place, Shared shared) {
        this.store = store;
        this.place = place;
        this.shared = shared;
    }

    /**
     * Opens the locks of a store.
     *
     * @param store says in this JVM which store it is
     * @param place what messages call it
     * @param locks makes what all openings share, if this is the first
     */
    static ServerLocks open(String store, String place, Supplier<JvmLocks> locks) {
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(store, absent -> new Shared(locks.get()));
            shared.openings++;
            return new ServerLocks(store, place, shared);
        }
    }

    @Override
    public Optional<KeyLock> tryLock(Digest key) {
        if (closed.get()) {
            throw new StorageException("the locks of " + place + " are closed; open the store again");
        }
        return shared.locks.tryLock(key);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            synchronized (OPEN) {
                shared.openings--;
                if (shared.openings == 0) {
                    OPEN.remove(store);
                    shared.locks.close();
                }
            }
        }
    }
}
