package dev.fleche;

import static dev.fleche.FutureBodies.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is held while a future is pending, and afterwards. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutureMemoryTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Cache cache = Cache.memory();

    static CompletableFuture<Integer> never(List<Integer> argument) {
        RUNS.incrementAndGet();
        return new CompletableFuture<>();
    }

    static Future<Integer> neverPolled(List<Integer> argument) {
        RUNS.incrementAndGet();
        return new FutureBodies.Opaque<>(new CompletableFuture<>());
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
        FutureBodies.reset();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private static void awaitCleared(Reference<?> reference) {
        while (reference.get() != null) { // the test's time limit ends it
            System.gc();
        }
    }

    @Test
    void aFutureThatIsCompleteHoldsNothingOfItsCall() throws Exception {
        Memo1<List<Integer>, CompletableFuture<List<Integer>>> memo =
                Fleche.of(FutureMemoryTest::withArgument).in(cache);
        List<WeakReference<Object>> arguments = new ArrayList<>();
        List<CompletableFuture<List<Integer>>> futures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Integer> argument = FutureBodies.list(1);
            arguments.add(new WeakReference<>(argument));
            futures.add(memo.apply(argument));
        }

        CompletableFuture<List<Integer>> body = next();
        body.complete(FutureBodies.list(2));

        for (CompletableFuture<List<Integer>> future : futures) {
            assertThat(FutureBodies.await(future)).containsExactly(2);
        }
        try {
            arguments.forEach(FutureMemoryTest::awaitCleared);
        } finally {
            Reference.reachabilityFence(futures);
            Reference.reachabilityFence(body);
        }
    }

    static CompletableFuture<List<Integer>> withArgument(List<Integer> argument) {
        return FutureBodies.completable(0);
    }

    @Test
    void aFutureThatNobodyKnowsIsForgottenAndBlocksNoLaterCall() {
        Memo1<List<Integer>, CompletableFuture<Integer>> memo =
                Fleche.of(FutureMemoryTest::never).in(cache);
        List<WeakReference<Object>> arguments = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            List<Integer> argument = FutureBodies.list(i);
            arguments.add(new WeakReference<>(argument));
            assertThat(memo.apply(argument)).isNotDone();
        }

        arguments.forEach(FutureMemoryTest::awaitCleared);

        CompletableFuture<Integer> again = memo.apply(FutureBodies.list(0));
        assertThat(RUNS).hasValue(2001);
        assertThat(memo.apply(FutureBodies.list(0))).isNotSameAs(again);
        assertThat(RUNS).hasValue(2001);
    }

    @Test
    void aPendingFutureIsKeptForItsCaller() throws Exception {
        Memo1<Integer, CompletableFuture<List<Integer>>> memo =
                Fleche.of(FutureBodies::completable).in(cache);
        CompletableFuture<Integer> size = memo.apply(1).thenApply(List::size);
        System.gc();
        System.gc();

        next().complete(FutureBodies.list(1, 2));

        assertThat(size).isCompletedWithValue(2);
        assertThat(memo.contains(1)).isTrue();
    }

    @Test
    void aPolledFutureThatNobodyKnowsIsForgotten() {
        Memo1<List<Integer>, Future<Integer>> memo =
                Fleche.of(FutureMemoryTest::neverPolled).in(cache);
        WeakReference<Object> argument = forgetPolled(memo);

        PendingFutures.letGo();

        awaitCleared(argument);
        Future<Integer> again = memo.apply(FutureBodies.list(1));
        assertThat(again.isDone()).isFalse();
        assertThat(RUNS).hasValue(2);
        again.cancel(false);
    }

    private static WeakReference<Object> forgetPolled(Memo1<List<Integer>, Future<Integer>> memo) {
        List<Integer> argument = FutureBodies.list(1);
        assertThat(memo.apply(argument).isDone()).isFalse();
        return new WeakReference<>(argument);
    }
}
