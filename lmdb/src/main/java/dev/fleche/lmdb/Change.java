package dev.fleche.lmdb;

import org.jspecify.annotations.Nullable;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * A change of entries, made within a write transaction. May be made anew if that transaction cannot be committed.
 *
 * @param <R> the type of what comes of it
 */
interface Change<R> {

    /** Makes the change. */
    R make(Target target);

    /** Returns whether it only removes entries. */
    default boolean isRemoval() {
        return false;
    }

    /**
     * The entries, as they are within the transaction.
     *
     * @param env where they are
     * @param txn the transaction
     */
    record Target(OpenEnv env, Txn<byte[]> txn) {

        byte @Nullable [] get(Area area, byte[] key) {
            return env.get(txn, area, key);
        }

        boolean putIfAbsent(Area area, byte[] key, byte[] entry) {
            return env.put(txn, area, key, entry, PutFlags.MDB_NOOVERWRITE);
        }

        void put(Area area, byte[] key, byte[] entry) {
            env.put(txn, area, key, entry);
        }

        void clear(Area area) {
            env.clear(txn, area);
        }

        boolean delete(Area area, byte[] key) {
            return env.delete(txn, area, key);
        }
    }
}
