package dev.fleche.benchmarks;

import dev.fleche.Fleche;
import dev.fleche.Fn2;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a memo costs when caching is switched off.
 *
 * <p>The arguments differ in every call and leave the range of cached {@code Integer}s, so boxing is part of the cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecorationBenchmark {

    private static final Memo2<Integer, Integer, Integer> MIX = Fleche.of(Functions::mix);
    private static final Memo2<Integer, Integer, Integer> MIX_OFF = MIX.in(Cache.voidCache());

    private int argument;

    /** A thread whose scope switches caching off. */
    @State(Scope.Thread)
    public static class VoidScope {

        dev.fleche.Scope scope;

        @Setup(Level.Iteration)
        public void open() {
            scope = Fleche.use(Cache.voidCache());
        }

        @TearDown(Level.Iteration)
        public void close() {
            scope.close();
        }
    }

    /**
     * A program with several functions of one shape.
     *
     * <p>A function is then called through its interface, which the compiler cannot inline, with boxed arguments: as in
     * a real program that passes functions around, with or without Fleche.
     */
    @State(Scope.Thread)
    public static class ManyFunctions {

        private static final int CALLS = 50_000;

        final Fn2<Integer, Integer, Integer> mix = Functions::mix;

        @Setup
        public void callOthers() throws Exception {
            List<Fn2<Integer, Integer, Integer>> others =
                    List.of(Functions::add, Functions::multiply, Functions::subtract);
            List<Memo2<Integer, Integer, Integer>> memos = List.of(
                    Fleche.of((Fn2<Integer, Integer, Integer>) Functions::add),
                    Fleche.of((Fn2<Integer, Integer, Integer>) Functions::multiply),
                    Fleche.of((Fn2<Integer, Integer, Integer>) Functions::subtract));
            int sum = 0;
            for (int i = 0; i < CALLS; i++) {
                for (int k = 0; k < others.size(); k++) {
                    sum += call(others.get(k), i, 3)
                            + memos.get(k).in(Cache.voidCache()).apply(i, 3);
                }
            }
            if (sum == 1) {
                throw new IllegalStateException("the sum is used, or the calls would be optimised away");
            }
        }

        static Integer call(Fn2<Integer, Integer, Integer> function, Integer a, Integer b) throws Exception {
            return function.call(a, b);
        }
    }

    @Benchmark
    public int plain() {
        return Functions.mix(argument++, 7);
    }

    @Benchmark
    public int offByMemo() {
        return MIX_OFF.apply(argument++, 7);
    }

    @Benchmark
    public int offByScope(VoidScope scope) {
        return MIX.apply(argument++, 7);
    }

    @Benchmark
    public int interfaceAmongMany(ManyFunctions functions) throws Exception {
        return ManyFunctions.call(functions.mix, argument++, 7);
    }

    @Benchmark
    public int offByScopeAmongMany(VoidScope scope, ManyFunctions functions) {
        return MIX.apply(argument++, 7);
    }
}
