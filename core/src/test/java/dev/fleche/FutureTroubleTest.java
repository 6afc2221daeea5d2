package dev.fleche;

import static dev.fleche.FutureBodies.RUNS;
import static dev.fleche.FutureBodies.await;
import static dev.fleche.FutureBodies.list;
import static dev.fleche.FutureBodies.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.storage.StorageException;
import dev.fleche.testing.LogRecords;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trouble of ours never breaks a program that works with futures; in strict mode it fails them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutureTroubleTest {

    private final LogRecords log = new LogRecords("dev.fleche");

    private static void failFull() {
        throw new StorageException("the disk is full");
    }

    static CompletableFuture<List<Integer>> indigestible(StringBuilder text) {
        return FutureBodies.completable(text.length());
    }

    static CompletableFuture<List<Integer>> strictlyIndigestible(StringBuilder text) {
        return indigestible(text);
    }

    static CompletableFuture<Object> strictlyUnencodable(int x) {
        RUNS.incrementAndGet();
        return OBJECT;
    }

    static CompletableFuture<List<Integer>> unstorable(int x) {
        return FutureBodies.completable(x);
    }

    static CompletableFuture<List<Integer>> strictlyUnstorable(int x) {
        return FutureBodies.completable(x);
    }

    static CompletableFuture<List<Integer>> onReadOnly(int x) {
        return FutureBodies.completable(x);
    }

    static CompletableFuture<List<Integer>> onClosed(int x) {
        return FutureBodies.completable(x);
    }

    static CompletionStage<Integer> deaf(int x) {
        return DEAF;
    }

    private static final CompletableFuture<Object> OBJECT = new CompletableFuture<>();

    private static final CompletionStage<Integer> DEAF = new CompletableFuture<>() {
        @Override
        public CompletableFuture<Integer> whenComplete(BiConsumer<? super Integer, ? super Throwable> action) {
            throw new UnsupportedOperationException("deaf");
        }
    };

    @BeforeEach
    void reset() {
        FutureBodies.reset();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> warningsOf(String function) {
        return log.warnings().stream()
                .filter(message -> message.contains(function))
                .toList();
    }

    @Test
    void withAnIndigestibleArgumentTheVeryFutureComesBack() throws Exception {
        try (Cache cache = Cache.memory()) {
            Memo1<StringBuilder, CompletableFuture<List<Integer>>> memo =
                    Fleche.of(FutureTroubleTest::indigestible).in(cache);

            assertThat(memo.apply(new StringBuilder("a"))).isSameAs(next());
            assertThat(memo.apply(new StringBuilder("a"))).isSameAs(next());

            assertThat(warningsOf("indigestible")).singleElement().asString().contains("StringBuilder");
        }
    }

    @Test
    void anIndigestibleArgumentThrowsInStrictMode() {
        try (Cache cache = Cache.memory()) {
            Memo1<StringBuilder, CompletableFuture<List<Integer>>> memo = Fleche.of(
                            FutureTroubleTest::strictlyIndigestible, Option.strict())
                    .in(cache);

            assertThatThrownBy(() -> memo.apply(new StringBuilder("a"))).isInstanceOf(UndigestibleException.class);
            assertThat(RUNS).hasValue(0);
        }
    }

    @Test
    void aResultThatCannotBeEncodedFailsTheFuturesInStrictMode() {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, CompletableFuture<Object>> memo = Fleche.of(
                            FutureTroubleTest::strictlyUnencodable, Option.strict())
                    .in(cache);
            CompletableFuture<Object> owner = memo.apply(1);
            CompletableFuture<Object> other = memo.apply(1);

            OBJECT.complete(new Thread("no value"));

            assertThatThrownBy(() -> await(owner)).hasCauseInstanceOf(CodecException.class);
            assertThatThrownBy(() -> await(other)).hasCauseInstanceOf(CodecException.class);
            assertThat(RUNS).hasValue(1);
        }
    }

    @Test
    void aResultThatCannotBeStoredReachesEveryCallerWithOneWarning() throws Exception {
        try (Cache cache = InterceptedCalls.cache(FutureTroubleTest::failFull)) {
            Memo1<Integer, CompletableFuture<List<Integer>>> memo =
                    Fleche.of(FutureTroubleTest::unstorable).in(cache);
            CompletableFuture<List<Integer>> owner = memo.apply(1);
            CompletableFuture<List<Integer>> other = memo.apply(1);

            next().complete(list(1));

            assertThat(await(owner)).containsExactly(1);
            assertThat(await(other)).containsExactly(1);
            assertThat(RUNS).hasValue(1);
            assertThat(warningsOf("unstorable")).singleElement().asString().contains("cannot be stored", "full");
        }
    }

    @Test
    void aResultThatCannotBeStoredFailsTheFuturesInStrictMode() throws Exception {
        try (Cache cache = InterceptedCalls.cache(FutureTroubleTest::failFull)) {
            Memo1<Integer, CompletableFuture<List<Integer>>> memo = Fleche.of(
                            FutureTroubleTest::strictlyUnstorable, Option.strict())
                    .in(cache);
            CompletableFuture<List<Integer>> owner = memo.apply(1);
            CompletableFuture<List<Integer>> other = memo.apply(1);

            next().complete(list(1));

            assertThatThrownBy(() -> await(owner)).hasCauseInstanceOf(StorageException.class);
            assertThatThrownBy(() -> await(other)).hasCauseInstanceOf(StorageException.class);
        }
    }

    @Test
    void aReadOnlyCacheStillSharesTheBody() throws Exception {
        try (Cache cache = Cache.memory().readOnly()) {
            Memo1<Integer, CompletableFuture<List<Integer>>> memo =
                    Fleche.of(FutureTroubleTest::onReadOnly).in(cache);
            CompletableFuture<List<Integer>> owner = memo.apply(1);
            CompletableFuture<List<Integer>> other = memo.apply(1);

            next().complete(list(1));

            assertThat(await(owner)).containsExactly(1);
            assertThat(await(other)).containsExactly(1);
            assertThat(memo.contains(1)).isFalse();
            assertThat(warningsOf("onReadOnly")).singleElement().asString().contains("read-only");
        }
    }

    @Test
    void aCacheThatIsClosedMeanwhileCostsOnlyTheEntry() throws Exception {
        Cache cache = Cache.memory();
        Memo1<Integer, CompletableFuture<List<Integer>>> memo =
                Fleche.of(FutureTroubleTest::onClosed).in(cache);
        CompletableFuture<List<Integer>> before = memo.apply(1);

        cache.close();

        next().complete(list(1));
        assertThat(await(before)).containsExactly(1);
        CompletableFuture<List<Integer>> after = memo.apply(2);
        next().complete(list(2));
        assertThat(await(after)).containsExactly(2);
        assertThat(warningsOf("onClosed")).isNotEmpty();
    }

    @Test
    void aStageThatCannotBeObservedComesBackAsItIs() {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, CompletionStage<Integer>> memo =
                    Fleche.of(FutureTroubleTest::deaf).in(cache);

            assertThat(memo.apply(1)).isSameAs(DEAF);
            assertThat(memo.apply(1)).isSameAs(DEAF);
        }
    }

    @Test
    void aCallInTheSaveWindowNeitherRunsNorSavesAgain() throws Exception {
        CountDownLatch saving = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger saves = new AtomicInteger();
        try (Cache cache = InterceptedCalls.cache(() -> {
            saves.incrementAndGet();
            saving.countDown();
            awaitQuietly(release);
        })) {
            Memo1<Integer, CompletableFuture<List<Integer>>> memo =
                    Fleche.of(FutureBodies::completable).in(cache);
            CompletableFuture<List<Integer>> first = memo.apply(1);
            CompletableFuture<List<Integer>> body = next();
            CompletableFuture<Boolean> completing = CompletableFuture.supplyAsync(() -> body.complete(list(1)));
            saving.await();

            CompletableFuture<List<Integer>> second = memo.apply(1);

            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            release.countDown();
            assertThat(await(completing)).isTrue();
            assertThat(await(first)).containsExactly(1);
            assertThat(await(second)).containsExactly(1);
            assertThat(memo.apply(1)).isCompletedWithValue(List.of(1));
            assertThat(RUNS).hasValue(1);
            assertThat(saves).hasValue(1);
        }
    }

    @Test
    void aPendingInterruptChangesNothing() throws Exception {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, CompletableFuture<List<Integer>>> memo =
                    Fleche.of(FutureBodies::completable).in(cache);
            Thread.currentThread().interrupt();
            CompletableFuture<List<Integer>> owner = memo.apply(1);
            CompletableFuture<List<Integer>> other = memo.apply(1);
            assertThat(Thread.interrupted()).isTrue();
            CompletableFuture<List<Integer>> body = next();

            Thread.currentThread().interrupt();
            body.complete(list(1));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(owner).isCompletedWithValue(List.of(1));
            assertThat(await(other)).containsExactly(1);
            assertThat(memo.apply(1)).isCompletedWithValue(List.of(1));
            assertThat(RUNS).hasValue(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
