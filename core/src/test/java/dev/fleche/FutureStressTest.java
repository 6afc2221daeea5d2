package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.Threads;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random calls, failures and cancellations: every future that was not cancelled ends with the value of its key or the
 * failure of a body, what is stored is right, and of a key that never fails only one body runs at a time.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutureStressTest {

    private static final int KEYS = 40;

    /** Keys below this one fail at times. */
    private static final int SOUND = 20;

    private static final Random RANDOM = new Random();
    private static final Map<Integer, AtomicInteger> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicInteger OVERLAPS = new AtomicInteger();
    private static volatile ExecutorService pool = Executors.newFixedThreadPool(4);

    private final Cache cache = Cache.memory();

    static CompletableFuture<List<Integer>> observed(int x) {
        enter(x);
        if (x < SOUND && RANDOM.nextInt(20) == 0) {
            throw new IllegalStateException("at once " + leave(x));
        }
        CompletableFuture<List<Integer>> future = new CompletableFuture<>();
        pool.execute(() -> complete(x, future));
        return future;
    }

    static Future<List<Integer>> polled(int x) {
        enter(x);
        return pool.submit(() -> {
            CompletableFuture<List<Integer>> future = new CompletableFuture<>();
            complete(x, future);
            return future.get();
        });
    }

    private static void complete(int x, CompletableFuture<List<Integer>> future) {
        leave(x);
        if (x < SOUND && RANDOM.nextInt(4) == 0) {
            future.completeExceptionally(new IllegalStateException("later"));
        } else if (x < SOUND && RANDOM.nextInt(10) == 0) {
            future.cancel(true);
        } else {
            future.complete(FutureBodies.list(x));
        }
    }

    private static void enter(int x) {
        if (RUNNING.computeIfAbsent(x, key -> new AtomicInteger()).incrementAndGet() > 1 && x >= SOUND) {
            OVERLAPS.incrementAndGet();
        }
    }

    private static int leave(int x) {
        return Objects.requireNonNull(RUNNING.get(x)).decrementAndGet();
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
        cache.close();
    }

    private void check(int x, Future<List<Integer>> future) {
        try {
            assertThat(future.get(60, TimeUnit.SECONDS)).containsExactly(x);
        } catch (ExecutionException | CancellationException e) {
            assertThat(x).isLessThan(SOUND);
        } catch (Exception e) {
            throw new AssertionError("key " + x, e);
        }
    }

    private void run(Memo1<Integer, ? extends Future<List<Integer>>> memo) {
        long seed = System.nanoTime();
        System.out.println("FutureStressTest seed " + seed);
        pool = Executors.newFixedThreadPool(4);
        OVERLAPS.set(0);
        RUNNING.clear();
        for (int round = 0; round < 40; round++) {
            int first = round;
            Threads.inParallel(6, number -> {
                Random random = new Random(seed + 31L * first + number);
                for (int i = 0; i < 40; i++) {
                    callOnce(memo, random);
                }
            });
            for (int x = 0; x < KEYS; x++) {
                cache.evict(memo.digest(x));
            }
        }
        assertThat(OVERLAPS).hasValue(0);
    }

    private void callOnce(Memo1<Integer, ? extends Future<List<Integer>>> memo, Random random) {
        int x = random.nextInt(KEYS);
        Future<List<Integer>> future;
        try {
            future = memo.apply(x);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageStartingWith("at once");
            return;
        }
        if (x < SOUND && random.nextInt(5) == 0) {
            future.cancel(random.nextBoolean());
        } else if (random.nextInt(3) > 0) {
            check(x, future);
        }
    }

    @Test
    void observedFuturesEndAndShare() {
        run(Fleche.of(FutureStressTest::observed).in(cache));
    }

    @Test
    void polledFuturesEndAndShare() {
        run(Fleche.of(FutureStressTest::polled).in(cache));
    }
}
