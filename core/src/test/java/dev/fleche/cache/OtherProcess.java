package dev.fleche.cache;

import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.KeyLocks;
import dev.fleche.storage.StorageException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Locks of which the test holds some, as another process would. Safe for use by several threads. */
final class OtherProcess implements KeyLocks {

    private final Set<Digest> heldElsewhere = ConcurrentHashMap.newKeySet();
    private final Set<Digest> heldHere = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean broken;

    void hold(Digest key) {
        heldElsewhere.add(key);
    }

    /** Waits for a key that this process holds, or will. */
    void await(Digest key) {
        hold(HeldKeys.announcement(key));
    }

    void release(Digest key) {
        heldElsewhere.remove(key);
    }

    void breakDown() {
        broken = true;
    }

    Set<Digest> heldHere() {
        return Set.copyOf(heldHere);
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Optional<KeyLock> tryLock(Digest key) {
        asked.incrementAndGet();
        if (broken) {
            throw new StorageException("the lock server is down");
        }
        if (heldElsewhere.contains(key)) {
            return Optional.empty();
        }
        heldHere.add(key);
        return Optional.of(() -> heldHere.remove(key));
    }

    @Override
    public void close() {}
}
