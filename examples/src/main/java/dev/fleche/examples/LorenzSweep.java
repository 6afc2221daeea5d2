package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import dev.fleche.examples.Lorenz.Chaos;
import dev.fleche.record.RecordedCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A realistic job: a parameter sweep on a thread pool, run twice, and read back by a query. */
final class LorenzSweep implements Section {

    private static final int BEST = 5;

    private final Path directory;
    private final Sweep sweep;

    LorenzSweep(Path directory, Sweep sweep) {
        this.directory = directory;
        this.sweep = sweep;
    }

    @Override
    public String title() {
        return "A parameter sweep";
    }

    @Override
    public void show(Page page) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        page.text("How chaotic is the Lorenz system? The largest Lyapunov exponent for " + sweep.runs()
                + " pairs of sigma and rho, integrated with Hipparchus on " + threads + " threads, twice.");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Cache cache = Cache.open(directory);
                Scope scope = Fleche.use(cache);
                Scope tags = Fleche.tags("job", "lorenz")) {
            Sweep.Pass first = sweep.pass(pool, "first pass", page);
            Sweep.Pass second = sweep.pass(pool, "second pass", page);
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

    private static void showRecords(Page page) {
        Duration total = Sweep.query().stream().map(RecordedCall::wallTime).reduce(Duration.ZERO, Duration::plus);
        page.fact(
                "runs on record, and what they took together",
                Sweep.query().count() + ", " + Page.time(total.toNanos()));
        page.text("The most chaotic of them, by CHAOS.query().sorted(...).limit(" + BEST + "):");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("sigma", "rho", "exponent", "error", "evaluations", "took"));
        Comparator<RecordedCall<Chaos>> byExponent =
                Comparator.comparingDouble(call -> call.result().exponent());
        for (RecordedCall<Chaos> call :
                Sweep.query().sorted(byExponent.reversed()).limit(BEST)) {
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
