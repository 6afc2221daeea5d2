package dev.fleche.examples;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.Memo2;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Bound calls on a thread pool that knows nothing of caches. */
final class FourSums implements Section {

    private static final Memo2<Integer, Integer, Integer> SUM = Fleche.of(FourSums::sum);

    static int sum(int a, int b) {
        return a + b;
    }

    @Override
    public String title() {
        return "Four sums on a thread pool";
    }

    @Override
    public void show(Page page) throws Exception {
        try (Cache cache = Cache.memory()) {
            List<Call<Integer>> calls;
            try (Scope scope = Fleche.use(cache)) {
                calls = IntStream.range(0, 4).mapToObj(i -> SUM.on(i, i + 1)).toList();
            }
            page.text("SUM.on(0, 1) is a call bound to the active cache: a Callable that any pool runs.");
            ExecutorService pool = Executors.newFixedThreadPool(2);
            try {
                page.fact("results", results(pool.invokeAll(calls)));
                page.fact("bodies that ran", cache.stats().commits());
                page.fact("results of the same calls again", results(pool.invokeAll(calls)));
                page.fact("bodies that have run by now", cache.stats().commits());
            } finally {
                pool.shutdown();
            }
            Call<Integer> first = calls.get(0);
            page.fact("the key of SUM.on(0, 1)", first.digest().prefix(32) + "...");
            page.fact("the cache contains it", cache.contains(first.digest()));
            page.fact("the cache contains that of SUM.on(1, 0)", cache.contains(SUM.digest(1, 0)));
        }
    }

    private static List<Integer> results(List<Future<Integer>> futures) throws Exception {
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
