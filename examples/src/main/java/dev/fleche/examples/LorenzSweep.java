package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Option;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import dev.fleche.cache.CacheStats;
import dev.fleche.examples.Lorenz.Chaos;
import dev.fleche.record.RecordedCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A realistic job: a parameter sweep on a thread pool, run twice, and read back by a query. */
final class LorenzSweep implements Section {

    private static final int SIGMAS = 8;
    private static final int BEST = 5;

    private static final Memo1<Lorenz, Chaos> CHAOS = Fleche.of(Lorenz::chaos, Option.version(1));

    private final Path directory;
    private final int runs;

    LorenzSweep(Path directory, int runs) {
        this.directory = directory;
        this.runs = runs;
    }

    /**
     * What a pass over all runs took.
     *
     * @param nanos the time
     * @param found the runs that were found
     * @param computed the runs that were computed
     */
    private record Pass(long nanos, long found, long computed) {
        @Override
        public String toString() {
            return found + " found, " + computed + " computed, in " + Page.time(nanos);
        }
    }

    @Override
    public String title() {
        return "A parameter sweep";
    }

    @Override
    public void show(Page page) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        page.text("How chaotic is the Lorenz system? The largest Lyapunov exponent for " + runs
                + " pairs of sigma and rho, integrated with Hipparchus on " + threads + " threads, twice.");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Cache cache = Cache.open(directory);
                Scope scope = Fleche.use(cache);
                Scope tags = Fleche.tags("job", "lorenz")) {
            Pass first = pass(pool, "first pass", page);
            Pass second = pass(pool, "second pass", page);
            page.fact("first pass", first);
            page.fact("second pass", second);
            if (first.found() == 0 && second.computed() == 0) {
                page.fact("speed-up", Page.digits((double) first.nanos() / second.nanos()) + " times");
            }
            showRecords(page);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Lorenz> systems() {
        List<Lorenz> systems = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            int row = run / SIGMAS;
            systems.add(new Lorenz(8 + 0.5 * (run % SIGMAS), 28 + 4.0 * row, 8.0 / 3));
        }
        return systems;
    }

    /** Hands every run to the pool as a bound call. */
    private Pass pass(ExecutorService pool, String name, Page page) throws InterruptedException, ExecutionException {
        CacheStats before = Fleche.cache().stats();
        long start = System.nanoTime();
        ExecutorCompletionService<Chaos> tasks = new ExecutorCompletionService<>(pool);
        for (Lorenz system : systems()) {
            tasks.submit(CHAOS.on(system));
        }
        ProgressBar bar = new ProgressBar(page.out(), name, runs);
        for (int run = 0; run < runs; run++) {
            tasks.take().get();
            bar.step();
        }
        long nanos = System.nanoTime() - start;
        CacheStats after = Fleche.cache().stats();
        return new Pass(nanos, after.hits() - before.hits(), after.commits() - before.commits());
    }

    private static void showRecords(Page page) {
        Duration total = CHAOS.query().stream().map(RecordedCall::wallTime).reduce(Duration.ZERO, Duration::plus);
        page.fact(
                "runs on record, and what they took together",
                CHAOS.query().count() + ", " + Page.time(total.toNanos()));
        page.text("The most chaotic of them, by CHAOS.query().sorted(...).limit(" + BEST + "):");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("sigma", "rho", "exponent", "error", "evaluations", "took"));
        Comparator<RecordedCall<Chaos>> byExponent =
                Comparator.comparingDouble(call -> call.result().exponent());
        for (RecordedCall<Chaos> call :
                CHAOS.query().sorted(byExponent.reversed()).limit(BEST)) {
            Lorenz system = call.argument("this");
            Chaos chaos = call.result();
            rows.add(List.of(
                    fixed(system.sigma(), 1),
                    fixed(system.rho(), 1),
                    fixed(chaos.exponent(), 4),
                    fixed(chaos.error(), 4),
                    Long.toString(chaos.evaluations()),
                    Page.time(call.wallTime().toNanos())));
        }
        page.table(rows);
    }

    private static String fixed(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
