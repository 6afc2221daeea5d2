package dev.fleche.storage;

/**
 * A lock on a key, held until it is closed or the process ends.
 *
 * <p>Safe for use by several threads; any of them may close it.
 */
@FunctionalInterface
public interface KeyLock extends AutoCloseable {

    /** Gives the lock up. Idempotent; never throws, and keeps a pending interrupt. */
    @Override
    void close();
}
