package dev.fleche.benchmarks;

import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A hit through a wrapped thread pool beside an empty task that the same pool runs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WrappedPoolBenchmark {

    private static final int ENTRIES = 1024;
    private static final int LAST = ENTRIES - 1;
    private static final Memo2<Integer, Integer, Double> RELAX = Fleche.of(Functions::relax);
    private static final Callable<Integer> EMPTY = () -> 0;

    private Cache cache;
    private dev.fleche.Scope scope;
    private ExecutorService threads;
    private FlecheExecutor wrapped;
    private int argument;

    @Setup
    public void fill() {
        cache = Cache.memory();
        scope = Fleche.use(cache);
        threads = Executors.newFixedThreadPool(1);
        wrapped = Fleche.wrap(threads);
        for (int i = 0; i < ENTRIES; i++) {
            RELAX.apply(i, 7);
        }
    }

    @TearDown
    public void requireHits() {
        wrapped.close();
        scope.close();
        long misses = cache.stats().misses();
        cache.close();
        if (misses != ENTRIES) {
            throw new IllegalStateException(
                    "expected hits only after " + ENTRIES + " misses, found " + misses + " misses");
        }
    }

    private int next() {
        argument = (argument + 1) & LAST;
        return argument;
    }

    @Benchmark
    public double hit() throws ExecutionException, InterruptedException {
        return wrapped.submit(RELAX.on(next(), 7)).get();
    }

    @Benchmark
    public double startedHit() throws ExecutionException, InterruptedException {
        return RELAX.on(next(), 7).start(wrapped).get();
    }

    @Benchmark
    public double direct() {
        return RELAX.apply(next(), 7);
    }

    @Benchmark
    public int emptyTask() throws ExecutionException, InterruptedException {
        return threads.submit(EMPTY).get();
    }
}
