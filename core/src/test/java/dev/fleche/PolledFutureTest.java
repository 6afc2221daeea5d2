package dev.fleche;

import static dev.fleche.FutureBodies.RUNS;
import static dev.fleche.FutureBodies.await;
import static dev.fleche.FutureBodies.list;
import static dev.fleche.FutureBodies.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions declared to return a {@code Future}, most of which do not tell when they complete. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolledFutureTest {

    private static volatile CountDownLatch release = new CountDownLatch(0);
    private static volatile ExecutorService executor = Executors.newCachedThreadPool();

    private final Cache cache = Cache.memory();
    private final Memo1<Integer, Future<List<Integer>>> memo =
            Fleche.of(FutureBodies::future).in(cache);

    static Future<Integer> submit(int x) {
        RUNS.incrementAndGet();
        return executor.submit(() -> {
            release.await();
            return x * x;
        });
    }

    static Future<Integer> completable(int x) {
        return CompletableFuture.supplyAsync(() -> x * x, executor);
    }

    static Future<Integer> fail(int x) {
        return executor.submit(() -> {
            throw new CompletionException("body", new IllegalStateException("cause"));
        });
    }

    /** A future that computes when it is asked. */
    static Future<Integer> lazy(int x) {
        RUNS.incrementAndGet();
        FutureTask<Integer> task = new FutureTask<>(() -> x * x);
        return new Future<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return task.cancel(mayInterruptIfRunning);
            }

            @Override
            public boolean isCancelled() {
                return task.isCancelled();
            }

            @Override
            public boolean isDone() {
                return task.isDone();
            }

            @Override
            public Integer get() throws InterruptedException, ExecutionException {
                task.run();
                return task.get();
            }

            @Override
            public Integer get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
                return get();
            }
        };
    }

    @BeforeEach
    void reset() {
        FutureBodies.reset();
        executor = Executors.newCachedThreadPool();
        release = new CountDownLatch(0);
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        cache.close();
    }

    private static void awaitStored(Memo1<Integer, ?> memo, int x) {
        while (!memo.contains(x)) { // the test's time limit ends it
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void theResultIsStoredThoughNobodyAsks() {
        Memo1<Integer, Future<Integer>> submitting =
                Fleche.of(PolledFutureTest::submit).in(cache);
        release = new CountDownLatch(1);
        submitting.apply(3);

        release.countDown();

        awaitStored(submitting, 3);
        assertThat(submitting.apply(3)).isDone();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void whoSeesTheResultCanRelyOnTheEntry() throws Exception {
        Memo1<Integer, Future<Integer>> submitting =
                Fleche.of(PolledFutureTest::submit).in(cache);
        for (int i = 0; i < 200; i++) {
            Future<Integer> future = submitting.apply(i);
            assertThat(i % 2 == 0 ? future.get() : future.get(60, TimeUnit.SECONDS))
                    .isEqualTo(i * i);
            assertThat(submitting.contains(i)).isTrue();
        }
    }

    @Test
    void askingWhetherItIsDoneStoresTheResult() throws Exception {
        Future<List<Integer>> future = memo.apply(1);
        assertThat(future.isDone()).isFalse();
        next().complete(list(1));

        while (!future.isDone()) {
            LockSupport.parkNanos(100_000);
        }

        assertThat(memo.contains(1)).isTrue();
        assertThat(future.get()).containsExactly(1);
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.isCancelled()).isFalse();
    }

    @Test
    void callersShareOneBody() throws Exception {
        List<Future<List<Integer>>> all = List.of(memo.apply(1), memo.apply(1), memo.apply(1));
        CompletableFuture<List<Integer>> body = next();
        assertThat(all.get(1).cancel(true)).isTrue();
        assertThat(body).isNotDone();
        body.complete(list(1));

        assertThat(await(all.get(2))).containsExactly(1).isNotSameAs(await(all.get(0)));
        assertThatThrownBy(() -> all.get(1).get()).isInstanceOf(CancellationException.class);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void cancellingTheLastCancelsTheBody() throws Exception {
        List<Future<List<Integer>>> all = List.of(memo.apply(1), memo.apply(1));
        CompletableFuture<List<Integer>> body = next();

        all.get(0).cancel(true);
        assertThat(body).isNotDone();
        all.get(1).cancel(true);

        assertThat(body).isCancelled();
        assertThat(all.get(1).isCancelled()).isTrue();
    }

    @Test
    void whoWaitsForACancelledFutureIsWoken() throws Exception {
        Future<List<Integer>> future = memo.apply(1);
        Future<List<Integer>> other = memo.apply(1);
        CountDownLatch waits = new CountDownLatch(1);
        Future<?> waiting = executor.submit(() -> {
            waits.countDown();
            return other.get();
        });
        waits.await();

        other.cancel(true);

        assertThatThrownBy(() -> await(waiting)).hasRootCauseInstanceOf(CancellationException.class);
        assertThat(future.isDone()).isFalse();
        next().complete(list(1));
        assertThat(await(future)).containsExactly(1);
    }

    @Test
    void aFailureIsTheOneOfTheBodysFuture() {
        Memo1<Integer, Future<Integer>> failing =
                Fleche.of(PolledFutureTest::fail).in(cache);

        assertThatThrownBy(() -> await(failing.apply(1)))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CompletionException.class)
                .hasMessage("body");
        assertThat(failing.contains(1)).isFalse();
    }

    @Test
    void afterAFailureEveryOtherCallersBodyIsStarted() throws Exception {
        Future<List<Integer>> future = memo.apply(1);
        Future<List<Integer>> other = memo.apply(1);
        next().completeExceptionally(new IllegalStateException("first"));

        assertThatThrownBy(() -> await(future)).hasRootCauseInstanceOf(IllegalStateException.class);
        next().complete(list(2));

        assertThat(await(other)).containsExactly(2);
        assertThat(memo.contains(1)).isTrue();
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aLazyFutureComputesWhenItIsAsked() throws Exception {
        Memo1<Integer, Future<Integer>> lazily =
                Fleche.of(PolledFutureTest::lazy).in(cache);

        assertThat(lazily.apply(3).get()).isEqualTo(9);

        assertThat(lazily.contains(3)).isTrue();
        assertThat(lazily.apply(3).get()).isEqualTo(9);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aCompletableFutureIsNotPolled() throws Exception {
        Memo1<Integer, Future<Integer>> observed =
                Fleche.of(PolledFutureTest::completable).in(cache);

        assertThat(observed.apply(3).get()).isEqualTo(9);
        assertThat(observed.contains(3)).isTrue();
    }

    @Test
    void aWaitHasItsLimitAndIsInterrupted() throws Exception {
        Future<List<Integer>> future = memo.apply(1);

        assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> future.get(30, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
        next().complete(list(1));
        Thread.currentThread().interrupt();
        assertThat(future.get()).containsExactly(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(memo.contains(1)).isTrue();
    }

    @Test
    void theThreadThatPollsEndsWhenNothingIsPending() throws Exception {
        memo.apply(1);
        Thread polling = Objects.requireNonNull(PendingFutures.thread());
        assertThat(polling.isDaemon()).isTrue();

        next().complete(list(1));

        PendingFutures.letGo();
        while (polling.isAlive()) { // the test's time limit ends it
            System.gc(); // takes what other tests have left pending
            polling.join(100);
        }
        memo.apply(2);
        next().complete(list(2));
        awaitStored(memo, 2);
    }
}
