package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.testing.Threads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One key that is computed elsewhere and here at once; threads stand for the other processes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MixedCallsTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static volatile CountDownLatch started = new CountDownLatch(1);
    private static volatile CountDownLatch release = new CountDownLatch(1);

    private final Cache cache = Cache.memory();
    private final Memo1<Integer, List<Integer>> memo =
            Fleche.<Integer, List<Integer>>of(MixedCallsTest::held).in(cache);
    private final Remote remote = new Remote();
    private final FlecheExecutor elsewhere = Fleche.wrap((ExecutorService) remote);

    /** An executor that says it is one of other processes. */
    private static final class Remote extends ThreadPoolExecutor implements RemoteExecutor {

        Remote() {
            super(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    static List<Integer> held(int x) throws Exception {
        RUNS.incrementAndGet();
        started.countDown();
        release.await();
        if (FAILURES.getAndDecrement() > 0) {
            throw new IOException("body " + x);
        }
        return List.of(x);
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
        FAILURES.set(0);
        started = new CountDownLatch(1);
        release = new CountDownLatch(1);
    }

    @AfterEach
    void end() {
        release.countDown();
        remote.shutdownNow();
        cache.close();
    }

    private Future<List<Integer>> submit() {
        return elsewhere.submit((Callable<List<Integer>>) memo.on(1));
    }

    /** Calls on a thread of its own, and returns once that waits in the call, or in the body. */
    private CompletableFuture<List<Integer>> callHere() {
        return callOn(new CompletableFuture<>());
    }

    private CompletableFuture<List<Integer>> callOn(CompletableFuture<Thread> told) {
        CompletableFuture<List<Integer>> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(memo.apply(1));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        told.complete(thread);
        thread.start();
        while (!Threads.isWaiting(thread) && !result.isDone()) {
            LockSupport.parkNanos(100_000);
        }
        return result;
    }

    @Test
    void aCallHereWaitsForTheOneThatRunsElsewhere() throws Exception {
        Future<List<Integer>> there = submit();
        started.await();
        CompletableFuture<List<Integer>> here = callHere();

        release.countDown();

        assertThat(here.get()).containsExactly(1);
        assertThat(there.get()).containsExactly(1);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aCallThatIsSubmittedElsewhereJoinsTheOneThatRunsHere() throws Exception {
        CompletableFuture<List<Integer>> here = callHere();
        started.await();
        Future<List<Integer>> there = submit();
        assertThat(remote.getTaskCount()).isZero();

        release.countDown();

        assertThat(there.get()).containsExactly(1);
        assertThat(here.get()).containsExactly(1);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void callsInThreadsElsewhereAndHereRunOneBody() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        FlecheExecutor nearby = Fleche.wrap(threads);
        try {
            List<Future<List<Integer>>> futures = Stream.of(nearby, elsewhere, nearby, elsewhere, nearby, elsewhere)
                    .map(pool -> pool.submit((Callable<List<Integer>>) memo.on(1)))
                    .toList();
            CompletableFuture<List<Integer>> here = callHere();

            release.countDown();

            assertThat(here.get()).containsExactly(1);
            for (Future<List<Integer>> future : futures) {
                assertThat(future.get()).containsExactly(1);
            }
            assertThat(RUNS).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aCallHereComputesForItselfIfTheOneElsewhereFails() throws Exception {
        FAILURES.set(1);
        Future<List<Integer>> there = submit();
        started.await();
        CompletableFuture<List<Integer>> here = callHere();

        release.countDown();

        assertThat(here.get()).containsExactly(1);
        assertThatThrownBy(there::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("body 1");
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aCallElsewhereIsSentIfTheOneHereFails() throws Exception {
        FAILURES.set(1);
        CompletableFuture<List<Integer>> here = callHere();
        started.await();
        Future<List<Integer>> there = submit();

        release.countDown();

        assertThat(there.get()).containsExactly(1);
        assertThatThrownBy(here::get).hasRootCauseMessage("body 1");
        assertThat(remote.getTaskCount()).isOne();
    }

    @Test
    void whoIsInterruptedComputesHereAndLeavesTheOtherToWhoSubmittedIt() throws Exception {
        Future<List<Integer>> there = submit();
        started.await();
        CompletableFuture<Thread> told = new CompletableFuture<>();
        CompletableFuture<List<Integer>> here = callOn(told);

        told.get().interrupt();

        assertThatThrownBy(here::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(there.isDone()).isFalse();
        release.countDown();
        assertThat(there.get()).containsExactly(1);
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void cancellingOneElsewhereDoesNotTakeItFromACallHere() throws Exception {
        Future<List<Integer>> there = submit();
        started.await();
        CompletableFuture<List<Integer>> here = callHere();

        assertThat(there.cancel(true)).isTrue();
        release.countDown();

        assertThat(here.get()).containsExactly(1);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void cancellingOneThatJoinedDoesNotTouchTheCallHere() throws Exception {
        CompletableFuture<List<Integer>> here = callHere();
        started.await();
        Future<List<Integer>> there = submit();

        assertThat(there.cancel(true)).isTrue();
        release.countDown();

        assertThat(here.get()).containsExactly(1);
        assertThat(there.isCancelled()).isTrue();
        assertThat(remote.getTaskCount()).isZero();
    }

    @Test
    void aForkJoinWorkerWaitsForWhatRunsElsewhere() throws Exception {
        Future<List<Integer>> there = submit();
        started.await();
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            Future<List<Integer>> here = pool.submit(() -> memo.apply(1));
            // another worker takes the place of the one that waits
            assertThat(pool.submit(() -> 1).get(30, TimeUnit.SECONDS)).isOne();

            release.countDown();

            assertThat(here.get(30, TimeUnit.SECONDS)).containsExactly(1);
            assertThat(there.get()).containsExactly(1);
            assertThat(RUNS).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }

    static int recursive(int x) throws Exception {
        return RUNS.getAndIncrement() > 0
                ? x
                : ELSEWHERE.submit((Callable<Integer>) RECURSIVE.on(x)).get();
    }

    private static final Memo1<Integer, Integer> RECURSIVE = Fleche.of(MixedCallsTest::recursive);
    private static final Remote THERE = new Remote();
    private static final FlecheExecutor ELSEWHERE = Fleche.wrap((ExecutorService) THERE);

    @Test
    void aBodyThatSubmitsItsOwnCallDoesNotWaitForItself() {
        try (Scope scope = Fleche.use(cache)) {
            assertThat(RECURSIVE.apply(3)).isEqualTo(3);
        } finally {
            THERE.shutdownNow();
        }
    }
}
