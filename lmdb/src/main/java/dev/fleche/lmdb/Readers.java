package dev.fleche.lmdb;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * The read transactions of this process: a few, which threads take in turn.
 *
 * <p>A transaction is opened once and then renewed, since that costs a fraction; and since it belongs to no thread,
 * threads that end leave none behind, and any number of threads needs no more than there are. Who holds all of them
 * knows that nobody reads. Safe for use by several threads.
 */
final class Readers {

    private static final int SLOTS = slots();

    private final Slot[] slots = new Slot[SLOTS];

    /**
     * What is read within a transaction.
     *
     * @param <R> the type of what comes of it
     */
    interface Reading<R> {
        R read(Txn<byte[]> txn);
    }

    /** A transaction and its lock. */
    private static final class Slot {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Txn<byte[]> txn;

        <R> R read(OpenEnv env, Reading<R> reading) {
            Txn<byte[]> current = txn;
            if (current == null) {
                current = env.beginRead();
                txn = current;
            } else {
                try {
                    current.renew();
                } catch (LmdbException e) {
                    // else it could not be renewed later
                    current.reset();
                    throw e;
                }
            }
            try {
                return reading.read(current);
            } finally {
                current.reset();
            }
        }

        void end() {
            Txn<byte[]> last = txn;
            txn = null;
            if (last != null) {
                try {
                    last.renew();
                    last.close();
                } catch (LmdbException e) {
                    // it ends with the environment
                }
            }
        }
    }

    Readers() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
    }

    private static int slots() {
        int wanted = Math.max(8, Math.min(64, 2 * Runtime.getRuntime().availableProcessors()));
        return Integer.highestOneBit(wanted);
    }

    /** Reads within a transaction of its own; waits if all are taken. */
    <R> R read(EnvHolder holder, Reading<R> reading) {
        int first = (int) (Thread.currentThread().getId() & (SLOTS - 1));
        Slot slot = slots[first];
        for (int i = 1; i < SLOTS && !slot.lock.tryLock(); i++) {
            slot = slots[(first + i) & (SLOTS - 1)];
        }
        if (!slot.lock.isHeldByCurrentThread()) {
            slot = slots[first];
            slot.lock.lock();
        }
        try {
            return slot.read(holder.env(), reading);
        } finally {
            slot.lock.unlock();
        }
    }

    /** Where the open environment is. */
    interface EnvHolder {
        /** Returns the environment; called while a transaction is held, so that it stays open. */
        OpenEnv env();
    }

    /** Waits until nobody reads, runs {@code task}, and lets the others read again. */
    void exclude(Runnable task) {
        for (Slot slot : slots) {
            slot.lock.lock();
        }
        try {
            task.run();
        } finally {
            for (Slot slot : slots) {
                slot.lock.unlock();
            }
        }
    }

    /** Ends all transactions; to be called while nobody reads. */
    void end() {
        for (Slot slot : slots) {
            slot.end();
        }
    }
}
