package dev.fleche.storage;

import dev.fleche.digest.Digest;
import java.util.Optional;

/**
 * Locks on keys, by which the processes that share a storage agree who computes.
 *
 * <p>A lock saves work and is never needed for a right answer: values are stored before the record that names them, and
 * the first record of a key wins. So an implementation may lose a lock (a lease that ran out, a lock file that was
 * deleted), and may grant two keys as if they were one. It must not keep a lock when the process that held it has
 * ended, however it ended: another one gets it within a second, or for leases when they run out.
 *
 * <p>Locks exclude processes, not threads: a key that this process holds already is granted once more, and is free for
 * others when all that was granted is closed. Who asks sees to it that one thread at a time computes a key. Safe for
 * several threads and processes.
 */
public interface KeyLocks extends AutoCloseable {

    /** Returns locks that exclude nobody, for a storage that no other process shares. */
    static KeyLocks none() {
        return NoKeyLocks.INSTANCE;
    }

    /**
     * Takes the lock on {@code key} unless another process holds it.
     *
     * <p>Never waits for its holder, though it may block on I/O as a look-up does. A pending interrupt changes nothing
     * and stays set. May be called for any number of keys by one thread, in any order, without a deadlock.
     *
     * @return the lock, or nothing if another process holds it
     * @throws StorageException if no lock can be taken at present, whoever holds it; the caller then does without
     */
    Optional<KeyLock> tryLock(Digest key);

    /** Ends the use of these locks; those that are still held stay until they are closed. Idempotent. */
    @Override
    void close();
}
