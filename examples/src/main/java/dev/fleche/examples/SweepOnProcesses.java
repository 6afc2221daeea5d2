package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import dev.fleche.processes.ProcessPool;
import java.nio.file.Path;

/** The sweep once more, in child JVMs: only the executor is another. */
final class SweepOnProcesses implements Section {

    private final Path directory;
    private final Sweep sweep;

    SweepOnProcesses(Path directory, Sweep sweep) {
        this.directory = directory;
        this.sweep = sweep;
    }

    @Override
    public String title() {
        return "The sweep on processes";
    }

    @Override
    public void show(Page page) throws Exception {
        int workers = Runtime.getRuntime().availableProcessors();
        page.text("The same " + sweep.runs() + " runs in a store of their own, on " + workers
                + " processes in place of threads. Only the executor is another.");
        try (Cache cache = Cache.open(directory);
                Scope scope = Fleche.use(cache);
                FlecheExecutor pool = Fleche.wrap(ProcessPool.of(workers))) {
            Sweep.Pass first = sweep.pass(pool, "first pass", page);
            Sweep.Pass second = sweep.pass(pool, "second pass", page);
            page.fact("first pass", first);
            page.fact("second pass", second);
        }
    }
}
