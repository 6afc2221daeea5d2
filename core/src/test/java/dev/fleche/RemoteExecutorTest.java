package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.cache.CacheStats;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.testing.LocalExecutorContract;
import dev.fleche.testing.LogRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose cache only the submitting process can open; threads stand for the other processes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteExecutorTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile CountDownLatch started = new CountDownLatch(1);
    private static volatile CountDownLatch release = new CountDownLatch(1);
    private static volatile CountDownLatch interrupted = new CountDownLatch(1);
    private static volatile boolean fails;

    private final Threads executor = new Threads(4, true);
    private final FlecheExecutor pool = Fleche.wrap((ExecutorService) executor);
    private final Cache cache = Cache.memory();
    private LogRecords log;

    /** An executor that says it is one of other processes. */
    private static final class Threads extends ThreadPoolExecutor implements RemoteExecutor {

        private final boolean tellsOfEnds;
        final List<Object> tasks = new ArrayList<>();

        Threads(int count, boolean tellsOfEnds) {
            super(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            this.tellsOfEnds = tellsOfEnds;
        }

        @Override
        protected synchronized <T> RunnableFuture<T> newTaskFor(java.util.concurrent.Callable<T> task) {
            tasks.add(task);
            return tellsOfEnds ? new Stage<>(super.newTaskFor(task)) : super.newTaskFor(task);
        }
    }

    /** A future that is a completion stage, as those of a process pool. */
    private static final class Stage<T> extends CompletableFuture<T> implements RunnableFuture<T> {

        private final RunnableFuture<T> task;

        Stage(RunnableFuture<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
            try {
                complete(task.get());
            } catch (CancellationException e) {
                super.cancel(true);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } catch (java.util.concurrent.ExecutionException e) {
                completeExceptionally(e.getCause());
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            task.cancel(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning);
        }
    }

    static List<Integer> held(int x) throws Exception {
        RUNS.incrementAndGet();
        started.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
        if (fails) {
            throw new IOException("body " + x);
        }
        return new ArrayList<>(List.of(x));
    }

    static int size(List<Integer> list) throws Exception {
        RUNS.incrementAndGet();
        return list.size();
    }

    static Object unstorable(int x) {
        return new Object();
    }

    static int anything(Object any) {
        return 1;
    }

    private static final Memo1<Integer, List<Integer>> HELD = Fleche.of(RemoteExecutorTest::held);
    private static final Memo1<List<Integer>, Integer> SIZE = Fleche.of(RemoteExecutorTest::size);
    private static final Memo1<Integer, Object> UNSTORABLE = Fleche.of(RemoteExecutorTest::unstorable);
    private static final Memo1<Object, Integer> STRICT = Fleche.of(RemoteExecutorTest::anything, Option.strict());

    @BeforeEach
    void reset() {
        RUNS.set(0);
        started = new CountDownLatch(1);
        release = new CountDownLatch(1);
        interrupted = new CountDownLatch(1);
        fails = false;
        log = new LogRecords("dev.fleche");
    }

    @AfterEach
    void close() {
        log.close();
        executor.shutdownNow();
        cache.close();
    }

    @Test
    void theSubmittingSideLooksUpAndStores() throws Exception {
        release.countDown();
        Call<List<Integer>> call;
        try (Scope scope = Fleche.use(cache);
                Scope tags = Fleche.tags("run", "7")) {
            call = HELD.on(1);
        }

        List<Integer> computed = pool.submit(call).get();
        Future<List<Integer>> hit = pool.submit(call);

        assertThat(hit.isDone()).isTrue();
        assertThat(hit.get()).isEqualTo(computed).containsExactly(1);
        assertThat(RUNS).hasValue(1);
        assertThat(cache.query().iterator().next().tags()).isEqualTo(Map.of("run", "7"));
        assertThat(cache.query().iterator().next().wallTime()).isGreaterThan(Duration.ZERO);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void theSenderAloneKeepsTheResult() throws Exception {
        release.countDown();

        pool.submit(HELD.in(cache).on(2)).get();

        Call<?> sent = ((SentCall<?>) executor.tasks.get(0)).sent();
        assertThat(sent.cache().isVoid()).isTrue();
        assertThat(cache.stats()).extracting(CacheStats::commits).isEqualTo(1L);
    }

    static long fib(int n) {
        RUNS.incrementAndGet();
        return n < 2 ? n : FIB.apply(n - 1) + FIB.apply(n - 2);
    }

    private static final Memo1<Integer, Long> FIB = Fleche.of(RemoteExecutorTest::fib);

    @Test
    void callsNestedInOneThatIsSentRunOnceAndAreNotKept() throws Exception {
        try (Scope scope = Fleche.use(cache)) {
            assertThat(pool.submit(FIB.on(20)).get()).isEqualTo(6765);

            assertThat(RUNS).hasValue(21);
            assertThat(cache.query().count()).isEqualTo(1);
        }
    }

    @Test
    void equalSubmissionsComputeOnceAndNobodyIsBlocked() throws Exception {
        Call<List<Integer>> call = HELD.in(cache).on(3);
        Future<List<Integer>> first = pool.submit(call);
        Future<List<Integer>> second = pool.submit(call);
        List<Future<List<Integer>>> more = List.of(pool.submit(call), call.start(executor));

        release.countDown();

        first.get().add(99);
        assertThat(second.get()).containsExactly(3);
        assertThat(more.get(0).get()).containsExactly(3);
        assertThat(more.get(1).get()).containsExactly(3);
        assertThat(RUNS).hasValue(1);
        assertThat(executor.tasks).hasSize(1);
    }

    @Test
    void cancellingOneLeavesTheOthersAndTheLastInterrupts() throws Exception {
        Call<List<Integer>> call = HELD.in(cache).on(4);
        Future<List<Integer>> first = pool.submit(call);
        started.await();
        Future<List<Integer>> second = pool.submit(call);
        CompletableFuture<List<Integer>> third = call.start(pool);

        assertThat(first.cancel(true)).isTrue();
        assertThat(second.isDone()).isFalse();
        assertThat(second.cancel(true)).isTrue();
        assertThat(interrupted.getCount()).isEqualTo(1);
        assertThat(third.cancel(true)).isTrue();

        interrupted.await();
        assertThatThrownBy(first::get).isInstanceOf(CancellationException.class);
        assertThat(call.contains()).isFalse();
        release.countDown();
        assertThat(pool.submit(call).get()).containsExactly(4);
    }

    @Test
    void whoOutlivesTheOneThatSubmittedFirstGetsTheResult() throws Exception {
        Call<List<Integer>> call = HELD.in(cache).on(5);
        Future<List<Integer>> first = pool.submit(call);
        Future<List<Integer>> second = pool.submit(call);

        first.cancel(true);
        release.countDown();

        assertThat(second.get()).containsExactly(5);
        assertThat(call.contains()).isTrue();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void afterAFailureTheOthersComputeForThemselves() throws Exception {
        fails = true;
        Call<List<Integer>> call = HELD.in(cache).on(6);
        Future<List<Integer>> first = pool.submit(call);
        Future<List<Integer>> second = pool.submit(call);

        release.countDown();

        assertThatThrownBy(first::get).hasCauseInstanceOf(IOException.class).hasRootCauseMessage("body 6");
        assertThatThrownBy(second::get).hasCauseInstanceOf(IOException.class);
        assertThat(RUNS).hasValue(2);
        assertThat(call.contains()).isFalse();
    }

    @Test
    void aRejectedCallIsThrownAndLeavesNoFlight() throws Exception {
        release.countDown();
        Call<List<Integer>> call = HELD.in(cache).on(7);
        Threads closed = new Threads(1, true);
        closed.shutdown();

        assertThatThrownBy(() -> Fleche.wrap((ExecutorService) closed).submit(call))
                .isInstanceOf(RejectedExecutionException.class);

        assertThat(pool.submit(call).get()).containsExactly(7);
    }

    @Test
    void futuresThatTellNothingAreWaitedFor() throws Exception {
        release.countDown();
        Threads silent = new Threads(2, false);
        Call<List<Integer>> call = HELD.in(cache).on(8);

        assertThat(Fleche.wrap((ExecutorService) silent).submit(call).get()).containsExactly(8);
        assertThat(call.contains()).isTrue();
        silent.shutdownNow();
    }

    @Test
    void argumentsThatChangeOnTheWayAreNotStored() throws Exception {
        List<Integer> changing = new ArrayList<>(List.of(1));
        List<Future<?>> blocking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blocking.add(pool.submit(HELD.in(cache).on(100 + i)));
        }
        Future<Integer> future = pool.submit(SIZE.in(cache).on(changing));

        changing.add(2);
        release.countDown();

        assertThat(future.get()).isEqualTo(2);
        assertThat(SIZE.in(cache).contains(List.of(1))).isFalse();
        assertThat(blocking).allSatisfy(other -> assertThat(other.get()).isNotNull());
    }

    @Test
    void aResultThatCannotBeStoredIsReturnedWithOneWarning() throws Exception {
        Object first = pool.submit(UNSTORABLE.in(cache).on(1)).get();
        Object second = pool.submit(UNSTORABLE.in(cache).on(1)).get();

        assertThat(first).isNotNull();
        assertThat(second).isNotNull().isNotSameAs(first);
        assertThat(log.warnings())
                .filteredOn(warning -> warning.contains("unstorable cannot be encoded"))
                .hasSize(1);
    }

    @Test
    void troubleInStrictModeFailsTheFutureAlone() {
        Future<Integer> future = pool.submit(STRICT.in(cache).on(new Object()));

        assertThatThrownBy(future::get).hasCauseInstanceOf(UndigestibleException.class);
        assertThat(executor.tasks).isEmpty();
    }

    @Test
    void invokeAnyStoresTheResultThatItReturns() throws Exception {
        Call<Integer> call = SIZE.in(cache).on(List.of(1, 2, 3));

        assertThat(pool.invokeAny(List.of(call))).isEqualTo(3);

        assertThat(call.contains()).isTrue();
    }

    @Test
    void aCallOnFilesIsSentAsItIs(@TempDir Path directory) throws Exception {
        try (Cache files = Cache.files(directory)) {
            Call<Integer> call = SIZE.in(files).on(List.of(1));

            assertThat(pool.submit(call).get()).isEqualTo(1);

            assertThat(executor.tasks).containsExactly(call);
            assertThat(call.contains()).isTrue();
        }
    }

    @Nested
    class InMemory extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return new Threads(4, true);
        }

        @Override
        protected Cache open(Path directory) {
            return Cache.memory();
        }
    }

    @Nested
    class InMemoryWithSilentFutures extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return new Threads(4, false);
        }

        @Override
        protected Cache open(Path directory) {
            return Cache.memory();
        }
    }
}
