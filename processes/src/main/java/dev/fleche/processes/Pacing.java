package dev.fleche.processes;

/**
 * How many tasks a worker is given at a time, by how long tasks have taken lately.
 *
 * <p>One while they take a millisecond or more: the next one goes to whoever is free first, and none is tied to the
 * crash of another. Of shorter ones as many as keep a worker busy for two milliseconds, so that it need not wait for
 * the way to and fro. Not thread-safe; guarded by the pool's lock.
 */
final class Pacing {

    static final int MAX_DEPTH = 64;

    private static final double LONG_NANOS = 1e6;
    private static final double AHEAD_NANOS = 2e6;
    /** A longer task counts as one of this length, so that a single one is forgotten soon. */
    private static final double MAX_NANOS = 8e6;

    private static final double WEIGHT = 0.125;
    private static final double WHOLE_WEIGHT = 0.25;

    private double averageNanos = LONG_NANOS;

    /**
     * Notes how long a task took.
     *
     * @param runNanos in its worker
     * @param wholeNanos from when its worker could begin it to when its result was here; this counts a little, since
     *     large arguments and results had better not gather on the way
     */
    void took(long runNanos, long wholeNanos) {
        double nanos = Math.min(MAX_NANOS, Math.max((double) runNanos, (double) wholeNanos * WHOLE_WEIGHT));
        averageNanos += WEIGHT * (nanos - averageNanos);
    }

    /** Returns how many tasks a worker may have at a time. */
    int depth() {
        return averageNanos >= LONG_NANOS
                ? 1
                : (int) Math.min(MAX_DEPTH, Math.max(2, AHEAD_NANOS / Math.max(1, averageNanos)));
    }
}
