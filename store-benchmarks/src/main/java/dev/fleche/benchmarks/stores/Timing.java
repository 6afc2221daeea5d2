package dev.fleche.benchmarks.stores;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long steps take. */
final class Timing {

    private static final int SLICES = 10;
    private static final int STEPS_PER_LOOK = 16;
    private static final int WARMUPS = 100_000;
    private static final int LONGEST_WARMUP = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Timing() {}

    /** Something to be repeated. */
    interface Step {

        /** Does it for the {@code turn}-th time. */
        void run(int turn) throws Exception;
    }

    /**
     * What a step takes.
     *
     * @param nanos by the clock
     * @param cpuNanos of this thread's processor time
     */
    record Cost(double nanos, double cpuNanos) {}

    /**
     * Repeats a quick step for some time, in ten slices, whose median counts; before that it is repeated for as long,
     * and longer on a machine so busy that it is not yet compiled by then.
     */
    static Cost ofQuick(int millis, Step step) throws Exception {
        int warmups = 0;
        for (int i = 0; i == 0 || (i < LONGEST_WARMUP && warmups < WARMUPS); i++) {
            warmups = repeat(warmups, TimeUnit.MILLISECONDS.toNanos(millis), step);
        }
        double[] nanos = new double[SLICES];
        double[] cpuNanos = new double[SLICES];
        int turn = 0;
        for (int i = 0; i < SLICES; i++) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            int next = repeat(turn, TimeUnit.MILLISECONDS.toNanos(millis) / SLICES, step);
            nanos[i] = (double) (System.nanoTime() - start) / (next - turn);
            cpuNanos[i] = (double) (THREADS.getCurrentThreadCpuTime() - cpu) / (next - turn);
            turn = next;
        }
        return new Cost(median(nanos), median(cpuNanos));
    }

    private static int repeat(int start, long nanos, Step step) throws Exception {
        long end = System.nanoTime() + nanos;
        int turn = start;
        do {
            for (int i = 0; i < STEPS_PER_LOOK; i++) {
                step.run(turn++);
            }
        } while (System.nanoTime() - end < 0);
        return turn;
    }

    /**
     * Repeats a step that changes something, and returns its mean time in microseconds.
     *
     * <p>The mean, since what a store puts off it does in some later step. A tenth of the turns warms up.
     *
     * @param turns how often at most
     * @param millis for how long at most
     */
    static double meanMicros(int turns, int millis, Step step) throws Exception {
        int turn = 0;
        while (turn < turns / 10) {
            step.run(turn++);
        }
        int before = turn;
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            step.run(turn++);
        } while (turn < turns && System.nanoTime() - end < 0);
        return (System.nanoTime() - start) / 1e3 / (turn - before);
    }

    /**
     * Repeats a step that may take long, and returns the median of its times in milliseconds.
     *
     * @param turns how often at most
     * @param millis for how long at most
     */
    static double medianMillis(int turns, int millis, Step step) throws Exception {
        double[] times = new double[turns];
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int turn = 0;
        do {
            long start = System.nanoTime();
            step.run(turn);
            times[turn++] = (System.nanoTime() - start) / 1e6;
        } while (turn < turns && System.nanoTime() - end < 0);
        return median(Arrays.copyOf(times, turn));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
