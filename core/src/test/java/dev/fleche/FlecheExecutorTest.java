package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.cache.CacheStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What wrapped executors do beside the contract, and what they leave alone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlecheExecutorTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Cache one = Cache.memory();
    private final Cache two = Cache.memory();
    private final ExecutorService single = Executors.newSingleThreadExecutor();
    private final FlecheExecutor pool = Fleche.wrap(single);

    static int inner(int x) {
        RUNS.incrementAndGet();
        return x + 1;
    }

    static int outer(int x) {
        return INNER.apply(x) * 2;
    }

    static int strict(Object argument) {
        return 1;
    }

    private static final Memo1<Integer, Integer> INNER = Fleche.of(FlecheExecutorTest::inner);
    private static final Memo1<Integer, Integer> OUTER = Fleche.of(FlecheExecutorTest::outer);
    private static final Memo1<Object, Integer> STRICT = Fleche.of(FlecheExecutorTest::strict, Option.strict());

    /** An executor that must not be given anything. */
    private static final class Untouchable extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            throw new AssertionError("a hit reached the executor");
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    @AfterEach
    void close() {
        single.shutdownNow();
        one.close();
        two.close();
    }

    /** Keeps the one thread of the pool busy until the latch is counted down. */
    private CountDownLatch block() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        single.execute(() -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        return release;
    }

    @Test
    void aHitNeverTouchesTheExecutor() throws Exception {
        Call<Integer> hit = INNER.in(one).on(1);
        hit.call();
        Call<Integer> miss = INNER.in(one).on(2);
        FlecheExecutor untouchable = Fleche.wrap(new Untouchable());

        assertThat(untouchable.submit(hit).get()).isEqualTo(2);
        assertThat(untouchable.invokeAll(List.of(hit, hit)).get(1).get()).isEqualTo(2);
        assertThat(untouchable.invokeAny(List.<Callable<Integer>>of(miss, () -> 3, hit)))
                .isEqualTo(2);
        assertThat(hit.start(untouchable).get()).isEqualTo(2);
        assertThat(hit.submit(untouchable::submit).get()).isEqualTo(2);
        assertThatThrownBy(() -> untouchable.submit(miss)).hasMessage("a hit reached the executor");
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aSubmittedCallCountsAsOneLookUp() throws Exception {
        Call<Integer> call = INNER.in(one).on(3);

        pool.submit(call).get();
        assertThat(one.stats()).extracting(CacheStats::hits, CacheStats::misses).containsExactly(0L, 1L);
        pool.submit(call).get();
        call.start(pool).get();

        assertThat(one.stats()).extracting(CacheStats::hits, CacheStats::misses).containsExactly(2L, 1L);
    }

    @Test
    void anExecutorThatNeverEndsIsNotWaitedFor() {
        FlecheExecutor endless = Fleche.wrap(new Untouchable());

        endless.close();

        assertThat(endless.isTerminated()).isFalse();
        Fleche.wrap(ForkJoinPool.commonPool()).close();
        assertThat(ForkJoinPool.commonPool().isShutdown()).isFalse();
    }

    @Test
    void aBoundFunctionAndItsNestedCallsUseTheCacheOfTheBinding() throws Exception {
        Memo1<Integer, Integer> bound;
        try (Scope scope = Fleche.use(one);
                Scope tags = Fleche.tags("project", "alpha")) {
            bound = OUTER.bind();
        }
        Callable<Integer> failing;
        try (Scope scope = Fleche.use(one)) {
            failing = Fleche.bind(() -> {
                throw new IOException("body");
            });
        }

        try (Scope scope = Fleche.use(two)) {
            assertThat(pool.submit(() -> bound.apply(4)).get()).isEqualTo(10);
            assertThat(pool.submit(bound.on(5)).get()).isEqualTo(12);
            assertThat(pool.submit(Fleche::cache).get()).isSameAs(two);
            assertThatThrownBy(() -> pool.submit(failing).get()).hasRootCauseMessage("body");
            assertThat(Fleche.cache()).isSameAs(two);
        }

        assertThat(two.query().isEmpty()).isTrue();
        assertThat(one.query().count()).isEqualTo(4);
        assertThat(one.query()).allSatisfy(call -> assertThat(call.tags()).isEqualTo(Map.of("project", "alpha")));
        assertThat(single.submit(Fleche::cache).get()).isNotSameAs(two);
    }

    @Test
    void optionsOfAnExecutorReachItAndEnterNoKey() throws Exception {
        record Options(int cores) {}
        List<Options> seen = new ArrayList<>();
        Call<Integer> call = INNER.in(one).on(7);

        Future<Integer> miss = call.submit(task -> {
            seen.add(new Options(4));
            return single.submit(task);
        });
        miss.get();
        Future<Integer> hit = call.submit(task -> {
            seen.add(new Options(8));
            return single.submit(task);
        });

        assertThat(hit.get()).isEqualTo(8);
        assertThat(seen).containsExactly(new Options(4));
        assertThat(hit).hasSameClassAs(miss);
    }

    @Test
    void anExecutorThatReturnsNoFutureIsNamed() {
        assertThatThrownBy(() -> INNER.in(one).on(8).submit(task -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the executor returned no future");
    }

    @Test
    void shutdownNowReturnsTasksThatCanBeRun() throws Exception {
        CountDownLatch release = block();
        Future<Integer> call = pool.submit(OUTER.in(one).on(9));
        try (Scope scope = Fleche.use(one)) {
            pool.execute(() -> INNER.apply(50));
        }

        List<Runnable> left = pool.shutdownNow();
        release.countDown();
        left.forEach(Runnable::run);

        assertThat(left).hasSize(2);
        assertThat(call.get()).isEqualTo(20);
        assertThat(INNER.in(one).contains(50)).isTrue();
    }

    @Test
    void whatIsCancelledBeforeItBeginsDoesNotRun() throws Exception {
        CountDownLatch release = block();
        Call<Integer> call = INNER.in(one).on(10);
        Future<Integer> submitted = pool.submit(call);
        CompletableFuture<Integer> started = call.start(pool);
        CompletableFuture<Integer> late = call.start(pool).orTimeout(1, TimeUnit.MILLISECONDS);

        assertThat(submitted.cancel(true)).isTrue();
        assertThat(started.cancel(true)).isTrue();
        assertThatThrownBy(late::get).hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
        release.countDown();
        pool.close();

        assertThat(RUNS).hasValue(0);
        assertThat(call.contains()).isFalse();
    }

    @Test
    void anInterruptOfACancelledCallMeetsNoLaterTask() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        entries = entered;
        Call<Integer> call = Fleche.of(FlecheExecutorTest::ignoreInterrupts).on(cancelled);
        List<Runnable> given = new ArrayList<>();
        CompletableFuture<Integer> future = call.start(given::add);
        Future<Boolean> flag = single.submit(() -> {
            given.get(0).run();
            return Thread.currentThread().isInterrupted();
        });
        entered.await();

        future.cancel(true);
        cancelled.countDown();

        assertThat(flag.get()).isFalse();
    }

    private static volatile CountDownLatch entries = new CountDownLatch(0);

    static int ignoreInterrupts(CountDownLatch cancelled) {
        entries.countDown();
        while (cancelled.getCount() > 0) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Test
    void whatIsFiledIsWhatRan() throws Exception {
        CountDownLatch release = block();
        List<Integer> changing = new ArrayList<>(List.of(1));
        Memo1<List<Integer>, Integer> size = Fleche.of(FlecheExecutorTest::size).in(one);
        Future<Integer> future = pool.submit(size.on(changing));

        changing.add(2);
        release.countDown();

        assertThat(future.get()).isEqualTo(2);
        assertThat(size.contains(List.of(1))).isFalse();
        assertThat(size.load(List.of(1, 2))).isEqualTo(2);
    }

    static int size(List<Integer> list) {
        return list.size();
    }

    @Test
    void futuresThatDependOnAStartedCallAreOrdinary() throws Exception {
        CompletableFuture<Integer> started = INNER.in(one).on(11).start(pool);

        assertThat(started.thenApply(x -> x + 1)
                        .thenCompose(CompletableFuture::completedFuture)
                        .get())
                .isEqualTo(13);
        assertThat(started.copy().get()).isEqualTo(12);
    }

    @Test
    void rejectionIsThrownWhereTheCallIsStarted() {
        single.shutdown();

        assertThatThrownBy(() -> INNER.in(one).on(12).start(single)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> INNER.in(one).on(12).submit(single::submit))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void troubleInStrictModeIsThrownByTheFutureAlone() {
        Future<Integer> future = pool.submit(STRICT.in(one).on(new AtomicInteger(4)));

        assertThatThrownBy(future::get).hasCauseInstanceOf(dev.fleche.digest.UndigestibleException.class);
    }

    @Test
    void aRerunGoesThroughTheExecutorAndReplaces() throws Exception {
        rerunPool = pool;
        Memo1<Integer, Integer> around = Fleche.of(FlecheExecutorTest::submitNested);
        try (Scope scope = Fleche.use(one)) {
            INNER.apply(13);
            around.apply(13);
            assertThat(RUNS).hasValue(1);

            around.rerun(13);

            assertThat(RUNS).hasValue(2);
            assertThat(pool.submit(INNER.on(13)).get()).isEqualTo(14);
            assertThat(RUNS).hasValue(2);
        }
    }

    private static volatile FlecheExecutor rerunPool = Fleche.wrap(ForkJoinPool.commonPool());

    static int submitNested(int x) throws Exception {
        return rerunPool.submit(INNER.on(x)).get();
    }

    @Test
    void whatIsScheduledRunsInTheScopeOfItsSubmitter() throws Exception {
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
        FlecheScheduledExecutor scheduled = Fleche.wrap(scheduler);
        CountDownLatch twice = new CountDownLatch(4);
        Call<Integer> hit = INNER.in(one).on(14);
        hit.call();
        try (Scope scope = Fleche.use(one)) {
            assertThat(scheduled
                            .schedule(() -> OUTER.apply(15), 1, TimeUnit.MILLISECONDS)
                            .get())
                    .isEqualTo(32);
            scheduled
                    .schedule(
                            () -> {
                                INNER.apply(16);
                            },
                            1,
                            TimeUnit.MILLISECONDS)
                    .get();
            Runnable periodic = () -> {
                INNER.apply(17);
                twice.countDown();
            };
            Future<?> rate = scheduled.scheduleAtFixedRate(periodic, 0, 1, TimeUnit.MILLISECONDS);
            Future<?> delay = scheduled.scheduleWithFixedDelay(periodic, 0, 1, TimeUnit.MILLISECONDS);
            twice.await();
            assertThat(rate.cancel(false) && delay.cancel(false)).isTrue();
        }

        assertThat(scheduled.schedule(hit, 1, TimeUnit.MILLISECONDS).get()).isEqualTo(15);
        assertThat(scheduled.submit(hit).isDone()).isTrue();
        assertThat(INNER.in(one).contains(16)).isTrue();
        assertThat(INNER.in(one).contains(17)).isTrue();
        assertThat(RUNS).hasValue(4);
        scheduled.close();
        assertThat(scheduler.isTerminated()).isTrue();
    }

    @Test
    void whatIsScheduledStaysSo() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

        FlecheExecutor wrapped = Fleche.wrap((ExecutorService) scheduler);

        assertThat(wrapped).isInstanceOf(FlecheScheduledExecutor.class).isEqualTo(Fleche.wrap(scheduler));
        assertThat(Fleche.wrap((FlecheScheduledExecutor) wrapped)).isSameAs(wrapped);
        assertThat(wrapped.unwrap()).isSameAs(scheduler);
        assertThat(wrapped).hasToString("wrapped " + scheduler);
        assertThat(wrapped).isNotEqualTo(pool);
        scheduler.shutdownNow();
    }
}
