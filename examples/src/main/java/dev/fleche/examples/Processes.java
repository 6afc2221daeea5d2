package dev.fleche.examples;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import dev.fleche.processes.ProcessPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Memoised calls in child JVMs that share a directory with this one. */
final class Processes implements Section {

    private static final Memo1<Integer, Integer> CUBE = Fleche.of(Processes::cube);
    private static final Memo1<Integer, Long> PROCESS = Fleche.of(Processes::process);

    private final Path directory;

    Processes(Path directory) {
        this.directory = directory;
    }

    static int cube(int number) {
        return number * number * number;
    }

    /** Returns the id of the process that computes; not pure, so that the page can tell where it was. */
    static long process(int number) {
        return ProcessHandle.current().pid();
    }

    @Override
    public String title() {
        return "A pool of processes";
    }

    @Override
    public void show(Page page) throws Exception {
        try (Cache cache = Cache.open(directory);
                Scope scope = Fleche.use(cache);
                ProcessPool processes = ProcessPool.of(2)) {
            page.text("ProcessPool is an ExecutorService of child JVMs. A call takes the directory of its cache along,"
                    + " so what a child computes is found here.");
            List<Call<Integer>> calls = IntStream.range(0, 5).mapToObj(CUBE::on).toList();
            page.fact("cubes", results(processes.invokeAll(calls)));
            page.fact("CUBE.contains(3), in this process", CUBE.contains(3));
            page.fact("CUBE.load(3)", CUBE.load(3));

            page.text("Wrapped, the pool is asked only for misses, as a pool of threads is:");
            FlecheExecutor wrapped = Fleche.wrap(processes);
            page.fact("cold", pass(wrapped, processes));
            page.fact("warm", pass(wrapped, processes));
            long here = ProcessHandle.current().pid();
            page.fact("computed in this process", PROCESS.load(0) == here);
        }
    }

    private static String pass(FlecheExecutor pool, ProcessPool processes) throws Exception {
        long before = processes.stats().completed();
        long start = System.nanoTime();
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            futures.add(pool.submit(PROCESS.on(i)));
        }
        int calls = results(futures).size();
        long nanos = System.nanoTime() - start;
        long tasks = processes.stats().completed() - before;
        return calls + " calls, " + tasks + " tasks in processes, " + Page.time(nanos);
    }

    private static <T> List<T> results(List<Future<T>> futures) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
