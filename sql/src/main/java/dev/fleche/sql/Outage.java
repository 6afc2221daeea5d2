package dev.fleche.sql;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is known of a server that cannot be reached: when it is worth asking it again.
 *
 * <p>Each attempt to connect to a dead server may take seconds. So that these are not paid by every call, one attempt
 * in a while is made, and everybody else is told at once; the while doubles from one second up to half a minute. Safe
 * for use by several threads.
 */
final class Outage {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanoTime;
    private boolean lasting;
    private long untilNanos;
    private long pauseNanos = FIRST_NANOS;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns whether the server is worth asking; the next who asks is told no until this one's attempt is over. */
    synchronized boolean mayTry() {
        if (!lasting) {
            return true;
        }
        if (nanoTime.getAsLong() - untilNanos < 0) {
            return false;
        }
        untilNanos = nanoTime.getAsLong() + pauseNanos;
        return true;
    }

    /** Notes that the server could not be reached. */
    synchronized void begin() {
        lasting = true;
        untilNanos = nanoTime.getAsLong() + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_NANOS);
    }

    /** Notes that the server was reached. */
    synchronized void end() {
        lasting = false;
        pauseNanos = FIRST_NANOS;
    }
}
