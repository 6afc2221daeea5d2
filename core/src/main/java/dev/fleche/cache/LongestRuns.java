package dev.fleche.cache;

import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long the functions of a store run at most, as far as this process has seen.
 *
 * <p>It sees what it computes and what it loads; the other records would have to be searched for. Safe for use by
 * several threads.
 */
final class LongestRuns {

    /** A bound, so that a program that makes functions without end does not fill the memory. */
    private static final int MAX_FUNCTIONS = 10_000;

    private final Map<FunctionId, Long> nanos = new ConcurrentHashMap<>();

    void note(FunctionId function, Duration run) {
        long ran = TimeUnit.NANOSECONDS.convert(run);
        Long longest = nanos.get(function);
        if (longest == null ? nanos.size() < MAX_FUNCTIONS : ran > longest) {
            nanos.merge(function, ran, Math::max);
        }
    }

    /** Returns the longest run of {@code function}; zero if none is known. */
    long longestNanos(FunctionId function) {
        return nanos.getOrDefault(function, 0L);
    }
}
