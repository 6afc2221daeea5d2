package dev.fleche.benchmarks;

/**
 * How long to measure.
 *
 * <p>A round measures every benchmark of a class once, each in a JVM of its own, so that a benchmark and its baseline
 * are seconds apart and meet the same neighbours on a shared machine. Many short iterations, so that the median passes
 * over those that a neighbour disturbed.
 *
 * @param rounds how often each benchmark is measured
 * @param warmups the iterations before each measurement
 * @param warmupMillis the length of a warm-up iteration
 * @param iterations the measured iterations of a round
 * @param iterationMillis the length of a measured iteration
 */
record Effort(int rounds, int warmups, int warmupMillis, int iterations, int iterationMillis) {

    static final Effort FULL = new Effort(2, 3, 1000, 8, 100);
    static final Effort QUICK = new Effort(1, 3, 420, 5, 60);

    /** Returns a warm-up of at most 1.2 seconds, for benchmarks that leave a file on the disk with every operation. */
    Effort withShortWarmup() {
        return new Effort(rounds, warmups, Math.min(warmupMillis, 400), iterations, iterationMillis);
    }

    /** Returns how often the process pools are measured, each side in turn. */
    int poolRounds() {
        return 2 * rounds + 1;
    }
}
