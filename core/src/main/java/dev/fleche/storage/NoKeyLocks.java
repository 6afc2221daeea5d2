package dev.fleche.storage;

import dev.fleche.digest.Digest;
import java.util.Optional;

/** Locks that exclude nobody. Immutable. */
final class NoKeyLocks implements KeyLocks {

    static final KeyLocks INSTANCE = new NoKeyLocks();

    private static final KeyLock NOTHING = () -> {};

    private NoKeyLocks() {}

    @Override
    public Optional<KeyLock> tryLock(Digest key) {
        return Optional.of(NOTHING);
    }

    @Override
    public void close() {}
}
