package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread pool that is asked only for what is not known yet. */
final class WrappedPool implements Section {

    private static final int CALLS = 6;

    private static final Memo1<Integer, Long> DIGITS = Fleche.of(WrappedPool::digits);

    /** Returns the sum of the first {@code count} decimal digits of pi after the point. */
    static long digits(int count) {
        return Pi.digits(count).chars().skip(2).map(digit -> digit - '0').sum();
    }

    @Override
    public String title() {
        return "A thread pool that is asked only for misses";
    }

    @Override
    public void show(Page page) throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                // the pool's own count may come after the task's result
                tasks.incrementAndGet();
            }
        };
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache);
                FlecheExecutor pool = Fleche.wrap(threads)) {
            page.text("Fleche.wrap(pool) looks calls up when they are submitted: hits never reach the pool.");
            page.fact("first pass", pass(pool));
            page.fact("tasks that the pool ran", tasks);
            page.fact("second pass", pass(pool));
            page.fact("tasks that the pool has run by now", tasks);
        }
    }

    private static String pass(FlecheExecutor pool) throws Exception {
        long start = System.nanoTime();
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 1; i <= CALLS; i++) {
            futures.add(pool.submit(DIGITS.on(200 * i)));
        }
        long done = futures.stream().filter(Future::isDone).count();
        for (Future<Long> future : futures) {
            future.get();
        }
        return done + " of " + CALLS + " done before they were asked, all after "
                + Page.time(System.nanoTime() - start);
    }
}
