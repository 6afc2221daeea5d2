package dev.fleche.benchmarks.stores;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, by store and size. Not thread-safe. */
final class Figures {

    private final Map<Candidate, Map<Integer, Map<Metric, Double>>> all = new EnumMap<>(Candidate.class);

    void put(Candidate candidate, int size, Map<Metric, Double> figures) {
        all.computeIfAbsent(candidate, any -> new HashMap<>())
                .computeIfAbsent(size, any -> new EnumMap<>(Metric.class))
                .putAll(figures);
    }

    /** Returns a figure; empty if it was not measured. */
    OptionalDouble find(Candidate candidate, int size, Metric metric) {
        Double figure = all.getOrDefault(candidate, Map.of())
                .getOrDefault(size, Map.of())
                .get(metric);
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
    }

    /** Returns how many times the one figure is the other; empty if either was not measured. */
    static OptionalDouble ratio(OptionalDouble figure, OptionalDouble other) {
        return figure.isPresent() && other.isPresent()
                ? OptionalDouble.of(figure.getAsDouble() / other.getAsDouble())
                : OptionalDouble.empty();
    }
}
