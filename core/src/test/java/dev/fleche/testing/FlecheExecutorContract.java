package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.SerializableCallable;
import dev.fleche.cache.Cache;
import dev.fleche.digest.UndigestibleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds of every executor under {@code Fleche.wrap}, wherever its tasks run.
 *
 * <p>Tasks and functions use nothing of this object and no state of the process, so that they may run in another one.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FlecheExecutorContract {

    private static final AtomicInteger LAST =
            new AtomicInteger((int) ProcessHandle.current().pid() * 1000);

    @TempDir
    Path directory;

    protected Cache cache;
    protected ExecutorService executor;
    protected FlecheExecutor pool;

    /** Creates the executor to wrap. */
    protected abstract ExecutorService create();

    /** Returns whether it can be shut down; the common pool cannot. */
    protected boolean canShutDown() {
        return true;
    }

    /** Opens the cache of the calls; what other processes can open unless a subclass says otherwise. */
    protected Cache open(Path cacheDirectory) {
        return Cache.files(cacheDirectory);
    }

    static int square(int x) {
        return x * x;
    }

    static @Nullable Integer nothing(int x) {
        return null;
    }

    static int fail(int x) throws IOException {
        throw new IOException("body " + x);
    }

    static int anything(Object argument) {
        return argument.toString().length();
    }

    protected static final Memo1<Integer, Integer> SQUARE = Fleche.of(FlecheExecutorContract::square);
    protected static final Memo1<Integer, @Nullable Integer> NOTHING = Fleche.of(FlecheExecutorContract::nothing);
    protected static final Memo1<Integer, Integer> FAIL = Fleche.of(FlecheExecutorContract::fail);
    protected static final Memo1<Object, Integer> ANYTHING = Fleche.of(FlecheExecutorContract::anything);

    /** Returns a number that no other test of this process used. */
    protected static int fresh() {
        return LAST.incrementAndGet();
    }

    @BeforeEach
    void wrap() {
        cache = open(directory.resolve("cache"));
        executor = create();
        pool = Fleche.wrap(executor);
    }

    @AfterEach
    void release() {
        if (canShutDown()) {
            executor.shutdownNow();
        }
        cache.close();
    }

    /** Returns a call of {@link #SQUARE} on the cache of this test. */
    protected final Call<Integer> square() {
        return SQUARE.in(cache).on(fresh() % 40_000);
    }

    private Call<Integer> stored() {
        Call<Integer> call = square();
        call.call();
        return call;
    }

    @Test
    void aMissRunsInTheExecutorAndIsStored() throws Exception {
        Call<Integer> call = square();

        Integer result = pool.submit(call).get();

        assertThat(call.contains()).isTrue();
        assertThat(result).isEqualTo(call.load());
    }

    @Test
    void aHitIsDoneBeforeItIsAsked() throws Exception {
        Call<Integer> call = stored();

        Future<Integer> future = pool.submit(call);

        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.get()).isEqualTo(call.load());
        assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo(call.load());
    }

    @Test
    void aStoredNullIsAHit() throws Exception {
        Call<@Nullable Integer> call = NOTHING.in(cache).on(1);
        call.call();

        Future<@Nullable Integer> future = pool.submit(call);

        assertThat(future.isDone()).isTrue();
        assertThat(future.get()).isNull();
    }

    @Test
    void hitAndMissReturnOneClassOfFuture() throws Exception {
        Call<Integer> call = square();

        Future<Integer> miss = pool.submit(call);
        miss.get();
        Future<Integer> hit = pool.submit(call);

        assertThat(hit).hasSameClassAs(miss);
    }

    @Test
    void aPlainTaskSeesTheScopeOfItsSubmitter() throws Exception {
        int x = fresh() % 40_000;
        Future<Integer> future;
        try (Scope scope = Fleche.use(cache)) {
            future = pool.submit(() -> SQUARE.apply(x));
        }

        assertThat(future.get()).isEqualTo(x * x);
        assertThat(SQUARE.in(cache).contains(x)).isTrue();
    }

    @Test
    void aPlainRunnableSeesTheScopeOfItsSubmitter() throws Exception {
        int x = fresh() % 40_000;
        Future<?> future;
        Future<String> other;
        try (Scope scope = Fleche.use(cache)) {
            future = pool.submit(() -> {
                SQUARE.apply(x);
            });
            other = pool.submit(
                    () -> {
                        SQUARE.apply(x + 1);
                    },
                    "given");
        }

        assertThat(future.get()).isNull();
        assertThat(other.get()).isEqualTo("given");
        assertThat(SQUARE.in(cache).contains(x)).isTrue();
        assertThat(SQUARE.in(cache).contains(x + 1)).isTrue();
    }

    @Test
    void aCallKeepsTheScopeInWhichItWasMade() throws Exception {
        Call<Integer> call;
        try (Scope scope = Fleche.use(cache)) {
            call = SQUARE.on(fresh() % 40_000);
        }

        try (Cache other = Cache.memory();
                Scope scope = Fleche.use(other)) {
            pool.submit(call).get();

            assertThat(other.query().isEmpty()).isTrue();
        }
        assertThat(call.contains()).isTrue();
    }

    @Test
    void whatTheBodyThrowsIsTheCause() {
        Call<Integer> call = FAIL.in(cache).on(1);

        Future<Integer> future = pool.submit(call);

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                // a fork/join pool puts others around it
                .rootCause()
                .isInstanceOf(IOException.class)
                .hasMessage("body 1");
        assertThat(future.isDone()).isTrue();
        assertThat(call.contains()).isFalse();
    }

    @Test
    void invokeAllReturnsEndedFuturesInOrder() throws Exception {
        Call<Integer> hit = stored();
        Call<Integer> miss = square();
        SerializableCallable<Integer> plain = () -> 7;

        List<Future<Integer>> futures =
                pool.invokeAll(List.of(miss, plain, FAIL.in(cache).on(2), hit, miss));

        assertThat(futures).hasSize(5).allMatch(Future::isDone);
        assertThat(futures.get(0).get()).isEqualTo(miss.load());
        assertThat(futures.get(1).get()).isEqualTo(7);
        assertThatThrownBy(futures.get(2)::get).hasRootCauseInstanceOf(IOException.class);
        assertThat(futures.get(3).get()).isEqualTo(hit.load());
        assertThat(futures.get(4).get()).isEqualTo(miss.load());
        assertThat(pool.invokeAll(List.<Callable<Integer>>of())).isEmpty();
        assertThat(pool.invokeAll(List.of(hit, plain), 1, TimeUnit.MINUTES))
                .hasSize(2)
                .allMatch(Future::isDone);
    }

    @Test
    void invokeAllWithoutTimeCancelsWhatHasNotBegun() throws Exception {
        List<Future<Integer>> futures = pool.invokeAll(List.of(square(), square()), 0, TimeUnit.SECONDS);

        assertThat(futures).hasSize(2).allMatch(Future::isDone).allMatch(Future::isCancelled);
    }

    @Test
    void invokeAnyReturnsAResult() throws Exception {
        Call<Integer> hit = stored();
        Call<Integer> miss = square();

        assertThat(pool.invokeAny(List.of(FAIL.in(cache).on(3), hit))).isEqualTo(hit.load());
        assertThat(pool.invokeAny(List.of(FAIL.in(cache).on(4), hit), 1, TimeUnit.MINUTES))
                .isEqualTo(hit.load());
        assertThat(pool.invokeAny(List.of(FAIL.in(cache).on(5), miss))).isEqualTo(miss.call());
        assertThatThrownBy(() -> pool.invokeAny(
                        List.of(FAIL.in(cache).on(6), FAIL.in(cache).on(7))))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> pool.invokeAny(List.<Callable<Integer>>of()));
    }

    @Test
    void whatIsNullIsRefused() {
        Collection<Callable<Integer>> withNull = Arrays.asList(square(), null);

        assertThatNullPointerException().isThrownBy(() -> pool.submit((Callable<Integer>) null));
        assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null));
        assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null, "given"));
        assertThatNullPointerException().isThrownBy(() -> pool.execute(null));
        assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(null));
        assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(withNull));
        assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(withNull));
        assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(List.of(square()), 1, null));
    }

    @Test
    void anArgumentWithoutDigestRunsUncached() throws Exception {
        // of a class that every executor can send
        Call<Integer> call = ANYTHING.in(cache).on(new AtomicInteger(1234));

        assertThatThrownBy(call::digest).isInstanceOf(UndigestibleException.class);
        assertThat(pool.submit(call).get()).isEqualTo(4);
        assertThat(call.start(pool).get()).isEqualTo(4);
    }

    @Test
    void aStartedCallCompletesWithTheSameClassOnHitAndMiss() throws Exception {
        Call<Integer> call = square();

        CompletableFuture<Integer> miss = call.start(pool);
        Integer computed = miss.get();
        CompletableFuture<Integer> hit = call.start(executor);

        assertThat(hit.isDone()).isTrue();
        assertThat(hit.get()).isEqualTo(computed).isEqualTo(call.load());
        assertThat(hit).hasSameClassAs(miss);
        assertThatThrownBy(() -> FAIL.in(cache).on(8).start(pool).get()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aCallSubmittedInAWayOfTheCallersIsStored() throws Exception {
        Call<Integer> call = square();

        Future<Integer> miss = call.submit(task -> pool.submit(task));
        Integer computed = miss.get();
        Future<Integer> hit = call.submit(task -> {
            throw new AssertionError("a hit is not submitted");
        });

        assertThat(hit.isDone()).isTrue();
        assertThat(hit.get()).isEqualTo(computed);
        assertThat(hit).hasSameClassAs(miss);
    }

    @Test
    void manyCallsAreEachComputedAndThenFound() throws Exception {
        List<Call<Integer>> calls =
                IntStream.range(0, 60).mapToObj(i -> square()).toList();

        for (Future<Integer> future : pool.invokeAll(calls)) {
            future.get();
        }

        assertThat(calls).allMatch(call -> pool.submit(call).isDone());
    }

    @Test
    void wrappingIsIdempotentAndUndone() {
        assertThat(Fleche.wrap(pool)).isSameAs(pool);
        assertThat(pool.unwrap()).isSameAs(executor);
        assertThat(Fleche.wrap(executor)).isEqualTo(pool).hasSameHashCodeAs(pool);
        assertThat(pool.isShutdown()).isFalse();
        assertThat(pool.isTerminated()).isFalse();
    }

    @Test
    void aShutDownExecutorRejectsHitsToo() throws Exception {
        if (!canShutDown()) {
            pool.shutdown();
            assertThat(pool.isShutdown()).isFalse();
            return;
        }
        Call<Integer> hit = stored();

        pool.shutdown();

        assertThat(pool.isShutdown()).isTrue();
        assertThat(executor.isShutdown()).isTrue();
        assertThatThrownBy(() -> pool.submit(hit)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.submit(square())).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> square().start(pool)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.invokeAll(List.of(hit))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.invokeAny(List.of(hit)))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(RejectedExecutionException.class),
                        // what some executors of newer JDKs make of it
                        thrown -> assertThat(thrown).hasCauseInstanceOf(RejectedExecutionException.class));
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void closingEndsTheExecutorAndIsIdempotent() throws Exception {
        Future<Integer> future = pool.submit(square());

        pool.close();
        pool.close();

        assertThat(executor.isShutdown()).isEqualTo(canShutDown());
        assertThat(executor.isTerminated()).isEqualTo(canShutDown());
        assertThat(future.get()).isNotNegative();
    }
}
