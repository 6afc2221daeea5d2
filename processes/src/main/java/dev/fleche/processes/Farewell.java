package dev.fleche.processes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a worker does when it ends in good order: sends what waits, and tells the parent.
 *
 * <p>The parent then closes its side. That frees the reading thread from the system call in which the JVM would wait
 * 0.3 s for it.
 */
final class Farewell extends Thread {

    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Outbox outbox;
    private volatile boolean begun;

    Farewell(Outbox outbox) {
        super("fleche farewell");
        this.outbox = outbox;
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void run() {
        begun = true;
        outbox.add(new Frame(Frame.BYE, Frame.NO_TASK, Payload.EMPTY));
        outbox.awaitSent(MAX_WAIT_NANOS);
    }

    /** Blocks until this process is gone. */
    void awaitEnd() {
        while (true) {
            LockSupport.park(this);
        }
    }
}
