package dev.fleche;

import static dev.fleche.FutureBodies.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.testing.LogRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of functions that return futures, given to executors. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("FutureReturnValueIgnored") // futures of futures are what is tested
class FutureCallsTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile CountDownLatch release = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Elsewhere elsewhere = new Elsewhere();
    private final FlecheExecutor pool = Fleche.wrap((ExecutorService) elsewhere);
    private final Cache cache = Cache.memory();
    private final LogRecords log = new LogRecords("dev.fleche");

    /** An executor that says it is one of other processes. */
    private static final class Elsewhere extends ThreadPoolExecutor implements RemoteExecutor {

        Elsewhere() {
            super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    static CompletableFuture<List<Integer>> completable(int x) {
        RUNS.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> {
            FutureCallsTest.awaitRelease();
            return new ArrayList<>(List.of(x));
        });
    }

    static CompletionStage<List<Integer>> stage(int x) {
        return completable(x).minimalCompletionStage();
    }

    static Future<List<Integer>> future(int x) {
        return new FutureBodies.Opaque<>(completable(x));
    }

    static CompletableFuture<Integer> failing(int x) {
        RUNS.incrementAndGet();
        return CompletableFuture.failedFuture(new IOException("body " + x));
    }

    private static void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final Memo1<Integer, CompletableFuture<List<Integer>>> COMPLETABLE =
            Fleche.of(FutureCallsTest::completable);
    private static final Memo1<Integer, CompletionStage<List<Integer>>> STAGE = Fleche.of(FutureCallsTest::stage);
    private static final Memo1<Integer, Future<List<Integer>>> FUTURE = Fleche.of(FutureCallsTest::future);
    private static final Memo1<Integer, CompletableFuture<Integer>> FAILING = Fleche.of(FutureCallsTest::failing);

    @BeforeEach
    void reset() {
        RUNS.set(0);
        release = new CountDownLatch(0);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        elsewhere.shutdownNow();
        log.close();
        cache.close();
    }

    @Test
    void aStartedCallBringsTheFutureThatTheFunctionReturns() throws Exception {
        release = new CountDownLatch(1);
        Call<CompletableFuture<List<Integer>>> call = COMPLETABLE.in(cache).on(1);

        CompletableFuture<List<Integer>> returned = await(call.start(threads));

        assertThat(returned).isNotDone();
        release.countDown();
        assertThat(await(returned)).containsExactly(1);
        assertThat(call.start(threads))
                .isCompletedWithValueMatching(hit -> hit.join().equals(List.of(1)));
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aCallInAWrappedExecutorDoesTheSame() throws Exception {
        FlecheExecutor wrapped = Fleche.wrap(threads);
        Call<CompletableFuture<List<Integer>>> call = COMPLETABLE.in(cache).on(1);

        assertThat(await(await(wrapped.submit(call)))).containsExactly(1);

        Future<CompletableFuture<List<Integer>>> hit = wrapped.submit(call);
        assertThat(hit.isDone()).isTrue();
        assertThat(hit.get()).isCompletedWithValue(List.of(1));
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void anotherProcessWaitsForTheFutureAndSendsItsValue() throws Exception {
        Call<CompletableFuture<List<Integer>>> call = COMPLETABLE.in(cache).on(1);

        CompletableFuture<List<Integer>> returned = await(pool.submit(call));

        assertThat(returned).isCompletedWithValue(List.of(1));
        assertThat(call.load()).isCompletedWithValue(List.of(1));
        assertThat(await(call.start(elsewhere))).isCompletedWithValue(List.of(1));
        assertThat(RUNS).hasValue(1);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void everyDeclaredTypeComesBack() throws Exception {
        assertThat(await(await(pool.submit(STAGE.in(cache).on(1))))).containsExactly(1);
        assertThat(await(await(pool.submit(FUTURE.in(cache).on(1))))).containsExactly(1);

        assertThat(await(STAGE.in(cache).load(1))).containsExactly(1);
        assertThat(await(FUTURE.in(cache).load(1))).containsExactly(1);
    }

    @Test
    void aBodyThatFailsInAnotherProcessFailsTheSubmission() {
        Call<CompletableFuture<Integer>> call = FAILING.in(cache).on(1);

        assertThatThrownBy(() -> await(pool.submit(call)))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("body 1");
        assertThat(call.contains()).isFalse();
    }

    @Test
    void callsThatAreMadeHereAndThoseThatAreSentShareOneBody() throws Exception {
        release = new CountDownLatch(1);
        Memo1<Integer, CompletableFuture<List<Integer>>> memo = COMPLETABLE.in(cache);
        Future<CompletableFuture<List<Integer>>> sent = pool.submit(memo.on(1));
        CompletableFuture<List<Integer>> made = memo.apply(1);
        CompletableFuture<List<Integer>> madeFirst = memo.apply(2);
        Future<CompletableFuture<List<Integer>>> sentSecond = pool.submit(memo.on(2));

        release.countDown();

        assertThat(await(made)).containsExactly(1).isNotSameAs(await(await(sent)));
        assertThat(await(await(sentSecond))).containsExactly(2).isNotSameAs(await(madeFirst));
        assertThat(RUNS).hasValue(2);
        assertThat(elsewhere.getTaskCount()).isEqualTo(1);
    }

    @Test
    void aFutureIsSentByItsValueWhateverTheCache(@TempDir Path directory) throws Exception {
        try (Cache files = Cache.files(directory)) {
            Call<CompletableFuture<List<Integer>>> call = COMPLETABLE.in(files).on(1);

            assertThat(await(pool.submit(call))).isCompletedWithValue(List.of(1));

            assertThat(call.load()).isCompletedWithValue(List.of(1));
            assertThat(await(pool.submit(call))).isCompletedWithValue(List.of(1));
            assertThat(RUNS).hasValue(1);
        }
    }
}
