package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A memoised function that submits its own work and returns a future. */
final class FutureResult implements Section {

    private static final AtomicInteger BODIES = new AtomicInteger();
    private static final ExecutorService SERVICE = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "service");
        thread.setDaemon(true);
        return thread;
    });

    private static final Memo1<Integer, CompletableFuture<Integer>> SQUARE = Fleche.of(FutureResult::square);

    static CompletableFuture<Integer> square(int number) {
        BODIES.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> number * number, SERVICE);
    }

    @Override
    public String title() {
        return "A future as the result";
    }

    @Override
    public void show(Page page) throws Exception {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            page.text("A function may submit its own work and return a CompletableFuture. What it resolves to is stored"
                    + " when it completes; the next call returns a completed future.");
            page.fact("SQUARE.apply(4).join()", SQUARE.apply(4).join());

            CompletableFuture<Integer> again = SQUARE.apply(4);
            page.fact("the next future is complete at once", again.isDone());
            page.fact("its value", again.join());
            page.fact("bodies that ran", BODIES.get());
        }
    }
}
