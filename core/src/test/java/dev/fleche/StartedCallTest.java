package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the future of a started call does, in this process and in others, for which threads stand. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartedCallTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile CountDownLatch entered = new CountDownLatch(1);
    private static volatile CountDownLatch open = new CountDownLatch(1);
    private static volatile CountDownLatch interrupted = new CountDownLatch(1);

    private final Cache cache = Cache.memory();
    private final List<ExecutorService> pools = new ArrayList<>();

    /** An executor that says it is one of other processes. */
    private static final class Remote extends ThreadPoolExecutor implements RemoteExecutor {
        Remote() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    static int gated(int x) throws InterruptedException {
        RUNS.incrementAndGet();
        entered.countDown();
        try {
            open.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
        return x;
    }

    /** Heeds no interrupt. */
    static int deaf(CountDownLatch end) {
        entered.countDown();
        while (end.getCount() > 0) {
            Thread.onSpinWait();
        }
        return 1;
    }

    private static final Memo1<Integer, Integer> GATED = Fleche.of(StartedCallTest::gated);
    private static final Memo1<CountDownLatch, Integer> DEAF = Fleche.of(StartedCallTest::deaf);

    @BeforeEach
    void reset() {
        RUNS.set(0);
        entered = new CountDownLatch(1);
        open = new CountDownLatch(1);
        interrupted = new CountDownLatch(1);
    }

    @AfterEach
    void close() {
        pools.forEach(ExecutorService::shutdownNow);
        cache.close();
    }

    private ExecutorService pool(boolean remote) {
        ExecutorService pool = remote ? new Remote() : Executors.newFixedThreadPool(1);
        pools.add(pool);
        return pool;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingInterruptsTheBodyBeforeAnybodyIsTold(boolean remote) throws Exception {
        CompletableFuture<Integer> future = GATED.in(cache).on(1).start(pool(remote));
        CompletableFuture<Boolean> interruptedFirst = future.handle((result, thrown) -> {
            try {
                return interrupted.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        entered.await();

        assertThat(future.cancel(true)).isTrue();

        assertThat(interruptedFirst).isCompletedWithValue(true);
        assertThat(future.isCancelled()).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(future.cancel(true)).isTrue();
    }

    @Test
    void aBodyThatEndsBecauseItIsCancelledDoesNotUndoThat() throws Exception {
        ExecutorService pool = pool(false);
        for (int round = 0; round < 300; round++) {
            reset();
            CompletableFuture<Integer> future = GATED.in(cache).on(1).start(pool);
            entered.await();

            boolean cancelled = future.cancel(true);

            assertThat(cancelled && future.isCancelled()).as("round " + round).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatEndsBeforeItHasBegunDoesNotRun(boolean remote) throws Exception {
        ExecutorService pool = pool(remote);
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        open.countDown();
        CompletableFuture<Integer> late = GATED.in(cache).on(2).start(pool).orTimeout(1, TimeUnit.MILLISECONDS);
        CompletableFuture<Integer> given = GATED.in(cache).on(3).start(pool);

        given.complete(4);
        assertThatThrownBy(late::get).hasCauseInstanceOf(TimeoutException.class);
        release.countDown();
        pool.submit(() -> {}).get();

        assertThat(RUNS).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimeLimitDoesNotInterruptWhatRuns(boolean remote) throws Exception {
        ExecutorService pool = pool(remote);
        CompletableFuture<Integer> future = GATED.in(cache).on(4).start(pool);
        entered.await();

        assertThatThrownBy(() -> future.orTimeout(1, TimeUnit.MILLISECONDS).get())
                .hasCauseInstanceOf(TimeoutException.class);
        open.countDown();
        pool.submit(() -> {}).get();

        assertThat(interrupted.getCount()).isEqualTo(1);
    }

    @Test
    void anInterruptThatCameBeforeTheCallStays() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Runnable> given = new ArrayList<>();
        CompletableFuture<Integer> future = DEAF.on(end).start(given::add);
        Future<Boolean> flag = pool(false).submit(() -> {
            Thread.currentThread().interrupt();
            given.get(0).run();
            return Thread.currentThread().isInterrupted();
        });
        entered.await();

        future.cancel(true);
        end.countDown();

        assertThat(flag.get()).isTrue();
    }
}
