package dev.fleche;

import static dev.fleche.FutureBodies.RUNS;
import static dev.fleche.FutureBodies.await;
import static dev.fleche.FutureBodies.list;
import static dev.fleche.FutureBodies.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.record.RecordedCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that return a future, called by one caller. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutureResultTest {

    private static final Memo1<Integer, CompletableFuture<Integer>> RECURSIVE = Fleche.of(FutureResultTest::recursive);
    private static final Memo1<Integer, CompletableFuture<Integer>> OUTER = Fleche.of(FutureResultTest::outer);

    private final Cache cache = Cache.memory();
    private final Memo1<Integer, CompletableFuture<List<Integer>>> completable =
            Fleche.of(FutureBodies::completable).in(cache);
    private final Memo1<Integer, CompletionStage<List<Integer>>> stage =
            Fleche.of(FutureBodies::stage).in(cache);
    private final Memo1<Integer, Future<List<Integer>>> future =
            Fleche.of(FutureBodies::future).in(cache);

    @TempDir
    Path directory;

    static CompletableFuture<Integer> outer(int x) {
        int inner = INNER.apply(x);
        return CompletableFuture.completedFuture(inner + 1);
    }

    static int inner(int x) {
        return RUNS.incrementAndGet() * x;
    }

    private static final Memo1<Integer, Integer> INNER = Fleche.of(FutureResultTest::inner);

    static CompletableFuture<Integer> recursive(int x) {
        return RUNS.incrementAndGet() == 1 ? RECURSIVE.apply(x) : completed(10);
    }

    private static CompletableFuture<Integer> completed(int x) {
        return CompletableFuture.completedFuture(x);
    }

    static CompletableFuture<Integer> square(int x) {
        RUNS.incrementAndGet();
        return completed(x * x);
    }

    static CompletableFuture<Integer> fail(int x) {
        RUNS.incrementAndGet();
        throw new IllegalStateException("body");
    }

    @SuppressWarnings("NullAway") // what a body must not do, and some do
    static CompletableFuture<Integer> none(int x) {
        RUNS.incrementAndGet();
        return null;
    }

    static CompletableFuture<@Nullable Integer> nothing(int x) {
        RUNS.incrementAndGet();
        return CompletableFuture.completedFuture(null);
    }

    static CompletableFuture<Integer> sum(List<Integer> elements) {
        RUNS.incrementAndGet();
        int sum = elements.stream().mapToInt(Integer::intValue).sum();
        elements.clear();
        return completed(sum);
    }

    @BeforeEach
    void reset() {
        FutureBodies.reset();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void theValueIsStoredWhenTheFutureCompletes() throws Exception {
        CompletableFuture<List<Integer>> first = completable.apply(1);
        CompletableFuture<List<Integer>> body = next();

        assertThat(first).isNotDone();
        assertThat(completable.contains(1)).isFalse();
        List<Integer> value = list(1, 2);
        body.complete(value);

        assertThat(first).isCompleted();
        assertThat(await(first)).isSameAs(value);
        assertThat(completable.contains(1)).isTrue();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aHitIsACompletedFutureOfEachDeclaredType() throws Exception {
        CompletableFuture<List<Integer>> first = completable.apply(1);
        next().complete(list(1));
        CompletionStage<List<Integer>> second = stage.apply(1);
        next().complete(list(2));
        Future<List<Integer>> third = future.apply(1);
        next().complete(list(3));
        assertThat(List.of(await(first), await(second), await(third)))
                .containsExactly(List.of(1), List.of(2), List.of(3));

        assertThat(completable.apply(1)).isCompletedWithValue(List.of(1));
        assertThat(stage.apply(1)).isCompletedWithValue(List.of(2));
        assertThat(future.apply(1)).isDone();
        assertThat(future.apply(1).get()).containsExactly(3);
        assertThat(RUNS).hasValue(3);
    }

    @Test
    void everyHitIsACopyOfItsOwn() throws Exception {
        CompletableFuture<List<Integer>> first = completable.apply(1);
        next().complete(list(1));
        await(first).add(2);

        await(completable.apply(1)).add(3);

        assertThat(await(completable.apply(1))).containsExactly(1);
    }

    @Test
    void anotherCacheOnTheSameDirectoryFindsTheValue() throws Exception {
        try (Cache files = Cache.files(directory)) {
            CompletableFuture<List<Integer>> first = completable.in(files).apply(1);
            next().complete(list(1, 2, 3));
            await(first);
        }
        try (Cache files = Cache.files(directory)) {
            assertThat(completable.in(files).apply(1)).isCompletedWithValue(List.of(1, 2, 3));
        }
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aFutureThatIsAlreadyCompleteIsStoredAtOnce() {
        Memo1<Integer, CompletableFuture<Integer>> memo =
                Fleche.of(FutureResultTest::square).in(cache);

        assertThat(memo.apply(3)).isCompletedWithValue(9);
        assertThat(memo.apply(3)).isCompletedWithValue(9);
        assertThat(memo.rerun(3)).isCompletedWithValue(9);
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aFailedFutureStoresNothingAndFailsAsItIs() throws Exception {
        IllegalStateException failure = new IllegalStateException("body");
        CompletableFuture<List<Integer>> first = completable.apply(1);
        next().completeExceptionally(failure);

        assertThatThrownBy(first::join)
                .isInstanceOf(java.util.concurrent.CompletionException.class)
                .cause()
                .isSameAs(failure);
        assertThatThrownBy(first::get)
                .isInstanceOf(java.util.concurrent.ExecutionException.class)
                .cause()
                .isSameAs(failure);
        assertThat(first.handle((value, thrown) -> thrown)).isCompletedWithValue(failure);
        assertThat(completable.contains(1)).isFalse();
        CompletableFuture<List<Integer>> second = completable.apply(1);
        next().complete(list(1));
        assertThat(await(second)).containsExactly(1);
    }

    @Test
    void aCancelledFutureStoresNothing() throws Exception {
        CompletableFuture<List<Integer>> first = completable.apply(1);
        next().cancel(true);

        assertThat(first).isCancelled();
        assertThat(completable.contains(1)).isFalse();
        assertThat(completable.apply(1)).isNotDone();
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void whatTheBodyThrowsPassesUnchanged() {
        Memo1<Integer, CompletableFuture<Integer>> memo =
                Fleche.of(FutureResultTest::fail).in(cache);

        assertThatThrownBy(() -> memo.apply(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memo.apply(1)).isInstanceOf(IllegalStateException.class);
        assertThat(memo.contains(1)).isFalse();
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aBodyThatReturnsNoFutureStoresNothing() {
        Memo1<Integer, CompletableFuture<Integer>> memo =
                Fleche.of(FutureResultTest::none).in(cache);

        assertThat(memo.apply(1)).isNull();
        assertThat(memo.apply(1)).isNull();
        assertThat(memo.contains(1)).isFalse();
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aFutureOfNullIsAResultLikeAnyOther() {
        Memo1<Integer, CompletableFuture<@Nullable Integer>> memo =
                Fleche.of(FutureResultTest::nothing).in(cache);

        assertThat(memo.apply(1)).isCompletedWithValue(null);
        assertThat(memo.apply(1)).isCompletedWithValue(null);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void theKeyIsSealedBeforeTheBody() {
        Memo1<List<Integer>, CompletableFuture<Integer>> memo =
                Fleche.of(FutureResultTest::sum).in(cache);

        assertThat(memo.apply(list(1, 2))).isCompletedWithValue(3);
        assertThat(memo.apply(list(1, 2))).isCompletedWithValue(3);
        assertThat(memo.contains(List.of())).isFalse();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aBodyThatCallsItselfComputesAlone() {
        try (Scope scope = Fleche.use(cache)) {
            assertThat(RECURSIVE.apply(1)).isCompletedWithValue(10);

            assertThat(RUNS).hasValue(2);
            assertThat(RECURSIVE.contains(1)).isTrue();
        }
    }

    @Test
    void aRerunReplacesTheValueAndThoseOfNestedCalls() {
        try (Scope scope = Fleche.use(cache)) {
            assertThat(OUTER.apply(1)).isCompletedWithValue(2);

            assertThat(OUTER.rerun(1)).isCompletedWithValue(3);

            assertThat(OUTER.apply(1)).isCompletedWithValue(3);
            assertThat(INNER.apply(1)).isEqualTo(2);
        }
    }

    @Test
    void aRerunLeavesTheOldValueUntilItCompletes() throws Exception {
        completable.apply(1);
        next().complete(list(1));

        CompletableFuture<List<Integer>> rerun = completable.rerun(1);

        assertThat(completable.apply(1)).isCompletedWithValue(List.of(1));
        next().complete(list(2));
        assertThat(await(rerun)).containsExactly(2);
        assertThat(completable.apply(1)).isCompletedWithValue(List.of(2));
    }

    @Test
    void loadReturnsACompletedFuture() throws Exception {
        assertThatThrownBy(() -> completable.load(1)).isInstanceOf(NotCachedException.class);
        completable.apply(1);
        next().complete(list(1));

        assertThat(completable.load(1)).isCompletedWithValue(List.of(1));
        assertThat(completable.on(1).load()).isCompletedWithValue(List.of(1));
        assertThat(completable.on(1).call()).isCompletedWithValue(List.of(1));
    }

    @Test
    void aRecordedResultIsACompletedFuture() throws Exception {
        try (Scope tags = Fleche.tags("project", "alpha")) {
            completable.apply(7);
        }
        next().complete(list(1, 2));

        RecordedCall<CompletableFuture<List<Integer>>> recorded = completable
                .query()
                .filter(call -> !call.result().isCancelled())
                .latest()
                .orElseThrow();

        assertThat(recorded.result()).isCompletedWithValue(List.of(1, 2));
        assertThat(recorded.tags()).containsEntry("project", "alpha");
        assertThat(recorded.arguments().values()).containsExactly(7);
        assertThat(completable.query().table()).contains("[1, 2]").doesNotContain("Completable");
    }

    @Test
    void withoutACacheTheVeryFutureComesBack() throws Exception {
        CompletableFuture<List<Integer>> returned =
                completable.in(Cache.voidCache()).apply(1);

        assertThat(returned).isSameAs(next());
    }

    @Test
    void returnedFuturesAreCombined() throws Exception {
        CompletableFuture<Integer> sum =
                completable.apply(1).thenCombine(completable.apply(2), (a, b) -> a.get(0) + b.get(0));
        CompletableFuture<Void> all = CompletableFuture.allOf(completable.apply(1), completable.apply(2), sum);
        CompletableFuture<List<Integer>> one = next();
        next().complete(list(20));
        assertThat(sum).isNotDone();
        one.complete(list(10));

        await(all);
        assertThat(sum).isCompletedWithValue(30);
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aPoolCompletesTheFutures() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(completable.apply(i % 50));
                if (i < 50) {
                    CompletableFuture<List<Integer>> body = next();
                    int result = i;
                    pool.execute(() -> body.complete(list(result)));
                }
            }
            for (int i = 0; i < 100; i++) {
                assertThat(await(all.get(i))).containsExactly(i % 50);
            }
            assertThat(RUNS).hasValue(50);
        } finally {
            pool.shutdownNow();
        }
    }
}
