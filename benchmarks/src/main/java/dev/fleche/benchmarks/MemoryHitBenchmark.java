package dev.fleche.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A hit in memory beside what it is made of, one SHA-256 and one look-up, and beside other caches of calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryHitBenchmark {

    private static final int ENTRIES = 1024;
    private static final int LAST = ENTRIES - 1;

    private static final Memo2<Integer, Integer, Double> RELAX = Fleche.of(Functions::relax);
    private static final Memo2<Integer, Integer, double[]> PROFILE = Fleche.of(Functions::profile);
    private static final Memo1<Functions.Mesh, Double> ENERGY = Fleche.of(Functions::energy);

    private final MessageDigest sha256 = Sha256.create();
    private final byte[] block = new byte[64];
    private final Functions.Mesh[] meshes = new Functions.Mesh[ENTRIES];
    private final Map<Key, Double> map = new ConcurrentHashMap<>();
    private final com.github.benmanes.caffeine.cache.Cache<Key, Double> caffeine =
            Caffeine.newBuilder().maximumSize(4 * ENTRIES).build();
    private int argument;

    private record Key(int a, int b) {}

    /** A thread whose scope chose a cache in memory that holds all calls. */
    @State(Scope.Thread)
    public static class Filled {

        Cache cache;
        dev.fleche.Scope scope;

        @Setup
        public void fill(MemoryHitBenchmark benchmark) {
            cache = Cache.memory();
            scope = Fleche.use(cache);
            for (int i = 0; i < ENTRIES; i++) {
                RELAX.apply(i, 7);
                PROFILE.apply(i, 7);
                ENERGY.apply(benchmark.meshes[i]);
            }
        }

        @TearDown
        public void requireHits() {
            scope.close();
            long misses = cache.stats().misses();
            cache.close();
            if (misses != 3 * ENTRIES) {
                throw new IllegalStateException(
                        "expected hits only after " + 3 * ENTRIES + " misses, found " + misses + " misses");
            }
        }
    }

    /** A Spring bean whose calls are cached by Caffeine. */
    @State(Scope.Thread)
    public static class Spring {

        SpringCaching spring;

        @Setup
        public void fill() {
            spring = SpringCaching.open(4 * ENTRIES);
            for (int i = 0; i < ENTRIES; i++) {
                spring.relaxation().relax(i, 7);
            }
        }

        @TearDown
        public void requireHits() {
            long computed = spring.computed();
            spring.close();
            if (computed != ENTRIES) {
                throw new IllegalStateException("expected " + ENTRIES + " computed calls, found " + computed);
            }
        }
    }

    @Setup
    public void fill() {
        for (int i = 0; i < ENTRIES; i++) {
            meshes[i] = new Functions.Mesh("mesh " + i, i, 0.25 * i);
            Double result = Functions.relax(i, 7);
            map.put(new Key(i, 7), result);
            caffeine.put(new Key(i, 7), result);
        }
    }

    private int next() {
        argument = (argument + 1) & LAST;
        return argument;
    }

    @Benchmark
    public double hit(Filled filled) {
        return RELAX.apply(next(), 7);
    }

    @Benchmark
    public double hitOfRecord(Filled filled) {
        return ENERGY.apply(meshes[next()]);
    }

    @Benchmark
    public double[] hitWithArray(Filled filled) {
        return PROFILE.apply(next(), 7);
    }

    @Benchmark
    public byte[] sha256() {
        return sha256.digest(block);
    }

    @Benchmark
    public Double map() {
        return map.get(new Key(next(), 7));
    }

    @Benchmark
    public Double caffeine() {
        return caffeine.getIfPresent(new Key(next(), 7));
    }

    @Benchmark
    public double spring(Spring state) {
        return state.spring.relaxation().relax(next(), 7);
    }
}
