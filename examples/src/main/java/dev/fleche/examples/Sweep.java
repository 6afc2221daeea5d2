package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Option;
import dev.fleche.examples.Lorenz.Chaos;
import dev.fleche.record.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A number of runs over the parameters of the Lorenz system, on whatever executor, in the active cache. */
final class Sweep {

    private static final int SIGMAS = 8;

    private static final Memo1<Lorenz, Chaos> CHAOS = Fleche.of(Lorenz::chaos, Option.version(1));

    private final int runs;

    Sweep(int runs) {
        this.runs = runs;
    }

    /**
     * What a pass over all runs took.
     *
     * @param nanos the time
     * @param found the runs that were found
     * @param computed the runs that were computed
     */
    record Pass(long nanos, long found, long computed) {
        @Override
        public String toString() {
            return found + " found, " + computed + " computed, in " + Page.time(nanos);
        }
    }

    int runs() {
        return runs;
    }

    /** Returns the runs on record. */
    static Query<Chaos> query() {
        return CHAOS.query();
    }

    /** Hands every run to the pool as a bound call. */
    Pass pass(ExecutorService pool, String name, Page page) throws InterruptedException, ExecutionException {
        long before = query().count();
        long start = System.nanoTime();
        List<Future<Chaos>> futures = new ArrayList<>();
        for (Lorenz system : systems()) {
            futures.add(pool.submit(CHAOS.on(system)));
        }
        ProgressBar bar = new ProgressBar(page.out(), name, runs);
        for (Future<Chaos> future : futures) {
            future.get();
            bar.step();
        }
        long nanos = System.nanoTime() - start;
        long computed = query().count() - before;
        return new Pass(nanos, runs - computed, computed);
    }

    private List<Lorenz> systems() {
        List<Lorenz> systems = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            int row = run / SIGMAS;
            systems.add(new Lorenz(8 + 0.5 * (run % SIGMAS), 28 + 4.0 * row, 8.0 / 3));
        }
        return systems;
    }
}
