package dev.fleche.lmdb;

import dev.fleche.digest.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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

    /** The state on which a write transaction builds. */
    interface Committed {
        <R> R read(Readers.Reading<R> reading);
    }

    /**
     * The entries, as they are within the transaction.
     *
     * <p>None is read there: LMDB changes copies of pages, which begin anywhere in memory, so that {@link EntryProxy}
     * cannot tell whether an entry ends in its page. What was there before is read as it was committed.
     *
     * @param env where they are
     * @param txn the transaction
     * @param committed what reads the state on which the transaction builds
     * @param terms the terms of the records that the transaction has changed by now; of those it removed, none
     */
    record Target(OpenEnv env, Txn<byte[]> txn, Committed committed, Map<Digest, Set<Long>> terms) {

        Target(OpenEnv env, Txn<byte[]> txn, Committed committed) {
            this(env, txn, committed, new HashMap<>());
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
