package dev.fleche.processes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The room that a queue has for further tasks, and the wait for it. Guarded by the pool's lock. */
final class Room {

    /** A wait without an end. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final Object lock;
    private final TaskQueue queue;
    private final Life life;
    private final long maxBytes;
    private int waiting;

    Room(Object lock, TaskQueue queue, Life life, long maxBytes) {
        this.lock = lock;
        this.queue = queue;
        this.life = life;
        this.maxBytes = maxBytes;
    }

    /** Waits for room, for {@code nanos} at most; also returns when the pool takes no tasks any more. */
    void await(long nanos) throws InterruptedException, TimeoutException {
        if (!isFull()) {
            return;
        }
        long start = System.nanoTime();
        waiting++;
        try {
            while (isFull()) {
                long left = nanos == FOR_EVER ? FOR_EVER : nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    throw new TimeoutException("no room for another task in time: the queue holds " + queue.bytes()
                            + " bytes, and may hold " + maxBytes);
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        } finally {
            waiting--;
        }
    }

    private boolean isFull() {
        return queue.bytes() > maxBytes && life.isRunning();
    }

    /** Returns whether somebody waits. */
    boolean isAwaited() {
        return waiting > 0;
    }
}
