package dev.fleche.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/** The threads of this process that wait for flights, of all stores. Safe for use by several threads. */
final class WaitingThreads {

    /* Who waits for whom.
     *
     * A thread waits for one flight at a time, and a flight has one owner, so the threads and flights form a forest of
     * chains; a wait that would close a circle is refused before it begins. The check and the registration are one step
     * under the lock, or two threads could each find the circle still open. The lock is taken only by threads that are
     * about to wait, and nothing is computed under it.
     *
     * A circle can also close later: the owner goes on, and asks for a lock of the program that a waiting thread holds.
     * So who waits follows the chain again once a second, over the owners of such locks as well. They are read one
     * after the other while threads run, so only a circle that is found twice is believed; threads in a circle stay.
     */
    private static final Map<Long, Awaited> WAITING = new HashMap<>();
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Longer chains are not followed. */
    private static final int MAX_LINKS = 1_000;

    /** How often a circle must be found. */
    private static final int LOOKS = 2;

    private WaitingThreads() {}

    /** Starts to wait for a flight, and returns whether that closes no circle; {@link #await} is to follow then. */
    static boolean start(Awaited flight) {
        LOCK.lock();
        try {
            if (leadsToThisThread(flight)) {
                return false;
            }
            WAITING.put(idOf(Thread.currentThread()), flight);
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Waits until a flight lands for which this thread has started to wait; returns false if that never happens unless
     * the thread goes on.
     *
     * @throws InterruptedException if the thread is interrupted
     * @throws java.util.concurrent.RejectedExecutionException if the thread is a fork/join worker, and its pool starts
     *     none in its place
     */
    static boolean await(Awaited flight) throws InterruptedException {
        try {
            return flight.landing().await(() -> isInVain(flight));
        } finally {
            stop();
        }
    }

    private static void stop() {
        LOCK.lock();
        try {
            WAITING.remove(idOf(Thread.currentThread()));
        } finally {
            LOCK.unlock();
        }
    }

    /** Returns whether the owner of a flight waits for one of this thread, over any number of others. */
    static boolean leadsToThisThread(Awaited flight) {
        LOCK.lock();
        try {
            Awaited next = flight;
            while (next != null && !next.landing().hasHappened()) {
                Thread owner = next.owner();
                if (owner == Thread.currentThread()) {
                    return true;
                }
                next = owner == null ? null : WAITING.get(idOf(owner));
            }
            return false;
        } finally {
            LOCK.unlock();
        }
    }

    private static boolean isInVain(Awaited flight) {
        for (int look = 0; look < LOOKS; look++) {
            if (!isCircle(flight)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the owner of a flight waits for this thread, over any number of flights and locks. */
    private static boolean isCircle(Awaited flight) {
        long self = idOf(Thread.currentThread());
        OptionalLong next = ownerOf(flight);
        for (int links = 0; next.isPresent() && links < MAX_LINKS; links++) {
            if (next.getAsLong() == self) {
                return true;
            }
            next = awaitedBy(next.getAsLong());
        }
        return false;
    }

    private static OptionalLong awaitedBy(long thread) {
        LOCK.lock();
        try {
            Awaited flight = WAITING.get(thread);
            if (flight != null) {
                return ownerOf(flight);
            }
        } finally {
            LOCK.unlock();
        }
        return LockOwners.ownerAwaitedBy(thread);
    }

    private static OptionalLong ownerOf(Awaited flight) {
        Thread owner = flight.landing().hasHappened() ? null : flight.owner();
        return owner == null ? OptionalLong.empty() : OptionalLong.of(idOf(owner));
    }

    private static long idOf(Thread thread) {
        return thread.getId();
    }
}
