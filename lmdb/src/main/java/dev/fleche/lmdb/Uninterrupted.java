package dev.fleche.lmdb;

import java.util.concurrent.locks.LockSupport;

/** Waiting that a pending interrupt does not end; it stays set. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Waits until {@code thread} has ended. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for about {@code nanos}. */
    static void pause(long nanos) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
