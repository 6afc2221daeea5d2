package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.testing.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single flight as callers see it; every test has a watchdog. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrencyTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile CountDownLatch allRunning = new CountDownLatch(0);
    private static volatile CountDownLatch started = new CountDownLatch(0);
    private static volatile CountDownLatch release = new CountDownLatch(0);

    private final Cache cache = Cache.memory();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    static long steps(int n) {
        RUNS.incrementAndGet();
        if (n < 2) {
            return n;
        }
        RecursiveTask<Long> left = fork(n - 1);
        RecursiveTask<Long> right = fork(n - 2);
        return left.join() + right.join();
    }

    private static RecursiveTask<Long> fork(int n) {
        Call<Long> call = STEPS.on(n);
        RecursiveTask<Long> task = new RecursiveTask<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected Long compute() {
                return call.call();
            }
        };
        task.fork();
        return task;
    }

    /**
     * Fails, but not before everyone who waited for the first failure runs too: serialised failures never get there.
     */
    static int failTogether(int x) throws InterruptedException {
        if (RUNS.incrementAndGet() == 1) {
            started.countDown();
            release.await();
        } else {
            allRunning.countDown();
            allRunning.await();
        }
        throw new IllegalArgumentException("body");
    }

    static int waitForRelease(int x) throws InterruptedException {
        RUNS.incrementAndGet();
        started.countDown();
        release.await();
        return x;
    }

    static List<Integer> mutable(int x) {
        RUNS.incrementAndGet();
        return new ArrayList<>(List.of(x));
    }

    static int sumThenWait(List<Integer> list) throws InterruptedException {
        int sum = list.stream().mapToInt(Integer::intValue).sum();
        if (RUNS.incrementAndGet() == 1) {
            started.countDown();
            release.await();
            throw new IllegalArgumentException("the first run fails");
        }
        return sum;
    }

    static int count(int x) {
        return COUNTS.computeIfAbsent(x, key -> new AtomicInteger()).incrementAndGet() + x;
    }

    private static final ConcurrentHashMap<Integer, AtomicInteger> COUNTS = new ConcurrentHashMap<>();
    private static final Memo1<Integer, Long> STEPS = Fleche.of(ConcurrencyTest::steps);

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
        cache.close();
    }

    private static void awaitWaiting(Thread thread) {
        while (!Threads.isWaiting(thread) && thread.isAlive()) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void anAcyclicForkJoinProgramDoesNotDeadlock() throws Exception {
        for (int workers = 1; workers <= 4; workers++) {
            for (int round = 0; round < 25; round++) {
                ForkJoinPool forkJoin = new ForkJoinPool(workers);
                try (Cache fresh = Cache.memory();
                        Scope scope = Fleche.use(fresh)) {
                    Call<Long> call = STEPS.on(18);

                    assertThat(forkJoin.submit(call).get(60, TimeUnit.SECONDS)).isEqualTo(2584L);
                } finally {
                    forkJoin.shutdownNow();
                }
            }
        }
    }

    @Test
    void failuresAreNeverSerialised() throws Exception {
        int waiting = 4;
        started = new CountDownLatch(1);
        release = new CountDownLatch(1);
        allRunning = new CountDownLatch(waiting);
        Memo1<Integer, Integer> fail = Fleche.of(ConcurrencyTest::failTogether).in(cache);
        Future<Integer> first = pool.submit(() -> fail.apply(1));
        started.await();
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            CountDownLatch known = new CountDownLatch(1);
            Thread[] thread = new Thread[1];
            others.add(pool.submit(() -> {
                thread[0] = Thread.currentThread();
                known.countDown();
                return fail.apply(1);
            }));
            known.await();
            awaitWaiting(thread[0]);
        }

        release.countDown();

        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("body");
        for (Future<Integer> other : others) {
            assertThatThrownBy(() -> other.get(60, TimeUnit.SECONDS)).hasRootCauseMessage("body");
        }
        assertThat(RUNS).hasValue(1 + waiting);
        assertThat(fail.contains(1)).isFalse();
    }

    @Test
    void anInterruptedWaiterRunsTheBodyAndKeepsItsFlag() throws Exception {
        started = new CountDownLatch(1);
        release = new CountDownLatch(1);
        Memo1<Integer, List<Integer>> memo = Fleche.of(ConcurrencyTest::mutable).in(cache);
        Memo1<Integer, Integer> blocking =
                Fleche.of(ConcurrencyTest::waitForRelease).in(cache);
        Future<Integer> owner = pool.submit(() -> blocking.apply(1));
        started.await();

        Thread.currentThread().interrupt();
        List<Integer> unaffected = memo.apply(7);
        boolean flag = Thread.currentThread().isInterrupted();
        assertThatThrownBy(() -> blocking.apply(1)).isInstanceOf(InterruptedException.class);

        assertThat(unaffected).containsExactly(7);
        assertThat(flag).isTrue();
        release.countDown();
        assertThat(owner.get()).isEqualTo(1);
    }

    @Test
    void nobodySeesAnothersMutableResult() throws Exception {
        int threads = 8;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        Memo1<Integer, List<Integer>> mutable =
                Fleche.of(ConcurrencyTest::mutable).in(cache);
        List<Future<List<Integer>>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int id = 100 + i;
            results.add(pool.submit(() -> {
                barrier.await();
                List<Integer> list = mutable.apply(1);
                list.add(id);
                return list;
            }));
        }

        for (Future<List<Integer>> result : results) {
            assertThat(result.get()).hasSize(2);
        }
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void manyThreadsOnManyKeysComputeEachOnce() throws Exception {
        int threads = 16;
        int keys = 400;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        Memo1<Integer, Integer> count = Fleche.of(ConcurrencyTest::count).in(cache);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(pool.submit(() -> {
                barrier.await();
                for (int key = 0; key < keys; key++) {
                    assertThat(count.apply(key)).isEqualTo(key + 1);
                }
                return null;
            }));
        }

        for (Future<?> one : all) {
            one.get();
        }
        assertThat(COUNTS)
                .hasSize(keys)
                .allSatisfy((key, runs) -> assertThat(runs).hasValue(1));
    }

    @Test
    void argumentsThatChangeWhileACallWaitsAreKeyedAgain() throws Exception {
        started = new CountDownLatch(1);
        release = new CountDownLatch(1);
        Memo1<List<Integer>, Integer> sum =
                Fleche.of(ConcurrencyTest::sumThenWait).in(cache);
        Future<Integer> owner = pool.submit(() -> sum.apply(new ArrayList<>(List.of(1))));
        started.await();
        List<Integer> changing = new ArrayList<>(List.of(1));
        Thread[] thread = new Thread[1];
        CountDownLatch known = new CountDownLatch(1);
        Future<Integer> waiter = pool.submit(() -> {
            thread[0] = Thread.currentThread();
            known.countDown();
            return sum.apply(changing);
        });
        known.await();
        awaitWaiting(thread[0]);

        changing.add(10);
        release.countDown();

        assertThatThrownBy(owner::get).hasRootCauseMessage("the first run fails");
        assertThat(waiter.get()).isEqualTo(11);
        assertThat(sum.contains(List.of(1))).isFalse();
        assertThat(sum.load(List.of(1, 10))).isEqualTo(11);
    }
}
