package dev.fleche.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The times of one benchmark in nanoseconds: those of the iterations, round by round. Not thread-safe. */
final class Samples {

    private final List<double[]> rounds = new ArrayList<>();

    void addRound(double[] nanos) {
        rounds.add(nanos.clone());
    }

    int rounds() {
        return rounds.size();
    }

    /** Returns the median of all iterations. */
    double median() {
        return median(rounds.stream().flatMapToDouble(Arrays::stream));
    }

    /** Returns the median of one round. */
    double median(int round) {
        return median(Arrays.stream(rounds.get(round)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
