package dev.fleche;

import static dev.fleche.FutureBodies.RUNS;
import static dev.fleche.FutureBodies.await;
import static dev.fleche.FutureBodies.list;
import static dev.fleche.FutureBodies.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.testing.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several callers of one key, of a function that returns a future. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutureSharingTest {

    private static final Map<Integer, String> SEEN = new ConcurrentHashMap<>();
    private static volatile CyclicBarrier together = new CyclicBarrier(1);
    private static volatile CountDownLatch entered = new CountDownLatch(0);
    private static volatile CountDownLatch release = new CountDownLatch(0);

    private final Cache cache = Cache.memory();
    private final Memo1<Integer, CompletableFuture<List<Integer>>> memo =
            Fleche.of(FutureBodies::completable).in(cache);

    /** Fails, but not before as many bodies run at once as the barrier asks for. */
    static CompletableFuture<Integer> failTogether(int x) throws InterruptedException, BrokenBarrierException {
        if (RUNS.incrementAndGet() == 1) {
            entered.countDown();
            release.await();
        } else {
            together.await();
        }
        throw new IllegalStateException("body");
    }

    /** The first body fails; those after it note the tag under which they run. */
    static CompletableFuture<List<Integer>> noteScope(int x) {
        int run = RUNS.get();
        CompletableFuture<List<Integer>> future = FutureBodies.completable(x);
        SEEN.put(run, String.valueOf(Context.current().tags().get("caller")));
        return future;
    }

    static CompletableFuture<StringBuilder> build(String text) {
        RUNS.incrementAndGet();
        CompletableFuture<StringBuilder> future = new CompletableFuture<>();
        BUILDERS.add(future);
        return future;
    }

    private static final java.util.concurrent.LinkedBlockingQueue<CompletableFuture<StringBuilder>> BUILDERS =
            new java.util.concurrent.LinkedBlockingQueue<>();

    @BeforeEach
    void reset() {
        FutureBodies.reset();
        SEEN.clear();
        BUILDERS.clear();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private List<CompletableFuture<List<Integer>>> call(int times) {
        List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(memo.apply(1));
        }
        return all;
    }

    @Test
    void concurrentCallersShareOneBodyAndGetFuturesOfTheirOwn() throws Exception {
        Set<Object> futures = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        Set<Object> values = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        CountDownLatch called = new CountDownLatch(8);
        CompletableFuture<Void> completing = CompletableFuture.runAsync(() -> {
            try {
                CompletableFuture<List<Integer>> body = next();
                called.await();
                body.complete(list(1, 2));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        Threads.inParallel(8, number -> {
            CompletableFuture<List<Integer>> mine = memo.apply(1);
            futures.add(mine);
            called.countDown();
            List<Integer> value = mine.orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(memo.contains(1)).isTrue();
            assertThat(value).containsExactly(1, 2);
            values.add(value);
        });

        await(completing);
        assertThat(futures).hasSize(8);
        assertThat(values).hasSize(8);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void cancellingOneCancelsOnlyItself() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(3);
        CompletableFuture<List<Integer>> body = next();

        assertThat(all.get(1).cancel(true)).isTrue();

        assertThat(body).isNotDone();
        assertThat(all.get(0)).isNotDone();
        body.complete(list(1));
        assertThat(await(all.get(0))).containsExactly(1);
        assertThat(await(all.get(2))).containsExactly(1);
        assertThat(all.get(1)).isCancelled();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void cancellingTheOwnersFutureLeavesTheFlightToTheOthers() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(2);
        CompletableFuture<List<Integer>> body = next();

        all.get(0).cancel(true);

        assertThat(body).isNotDone();
        body.complete(list(1));
        assertThat(await(all.get(1))).containsExactly(1);
        assertThat(memo.contains(1)).isTrue();
    }

    @Test
    void theBodyIsCancelledBeforeWhatRunsOnCancellation() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(2);
        CompletableFuture<List<Integer>> body = next();
        AtomicBoolean bodyWasCancelled = new AtomicBoolean();
        var unused = all.get(1).whenComplete((value, thrown) -> bodyWasCancelled.set(body.isCancelled()));
        all.get(0).cancel(true);

        assertThat(all.get(1).cancel(true)).isTrue();

        assertThat(bodyWasCancelled).isTrue();
        assertThat(all.get(1)).isCancelled();
    }

    /** Fails where others are cancelled. */
    static CompletableFuture<Integer> stubborn(int x) {
        return new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return completeExceptionally(new IllegalStateException("interrupted"));
            }
        };
    }

    @Test
    void aBodyThatFailsWhereOthersAreCancelledLeavesTheCallerCancelled() {
        CompletableFuture<Integer> future =
                Fleche.of(FutureSharingTest::stubborn).in(cache).apply(1);

        assertThat(future.cancel(true)).isTrue();

        assertThat(future).isCancelled();
    }

    @Test
    void cancellingTheLastCancelsTheBody() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(3);
        CompletableFuture<List<Integer>> body = next();

        all.get(0).cancel(true);
        all.get(2).cancel(true);
        assertThat(body).isNotDone();
        all.get(1).cancel(true);

        assertThat(body).isCancelled();
        assertThat(memo.contains(1)).isFalse();
        CompletableFuture<List<Integer>> later = memo.apply(1);
        next().complete(list(2));
        assertThat(await(later)).containsExactly(2);
        assertThat(RUNS).hasValue(2);
    }

    @Test
    void completingAFutureByHandChangesNothingForTheOthers() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(3);
        CompletableFuture<List<Integer>> body = next();

        all.get(0).complete(list(7));
        all.get(1).completeExceptionally(new IllegalStateException("mine"));

        assertThat(body).isNotDone();
        body.complete(list(1));
        assertThat(await(all.get(2))).containsExactly(1);
        assertThat(memo.load(1)).isCompletedWithValue(List.of(1));
        assertThat(all.get(0)).isCompletedWithValue(List.of(7));
    }

    @Test
    void afterAFailureEveryOtherCallersBodyIsStarted() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(4);
        all.get(3).cancel(true);
        IllegalStateException failure = new IllegalStateException("first");

        next().completeExceptionally(failure);

        assertThatThrownBy(() -> await(all.get(0)))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
        List<CompletableFuture<List<Integer>>> started = List.of(next(), next());
        started.forEach(body -> body.complete(list(2)));
        assertThat(await(all.get(1))).containsExactly(2);
        assertThat(await(all.get(2))).containsExactly(2);
        assertThat(RUNS).hasValue(3);
        assertThat(memo.contains(1)).isTrue();
    }

    @Test
    void afterACancelledBodyEveryOtherCallersBodyIsStarted() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(2);

        next().cancel(false);

        next().complete(list(2));
        assertThat(all.get(0)).isCancelled();
        assertThat(await(all.get(1))).containsExactly(2);
    }

    @Test
    void failuresAreNeverSerialised() throws Exception {
        int waiting = 3;
        together = new CyclicBarrier(waiting);
        entered = new CountDownLatch(1);
        release = new CountDownLatch(1);
        Memo1<Integer, CompletableFuture<Integer>> failing =
                Fleche.of(FutureSharingTest::failTogether).in(cache);
        CompletableFuture<Integer> owner =
                CompletableFuture.supplyAsync(() -> failing.apply(1).join(), task -> new Thread(task).start());
        entered.await();
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            others.add(failing.apply(1));
        }

        release.countDown();

        assertThatThrownBy(() -> await(owner)).hasRootCauseInstanceOf(IllegalStateException.class);
        for (CompletableFuture<Integer> other : others) {
            assertThatThrownBy(() -> await(other)).hasRootCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(RUNS).hasValue(1 + waiting);
    }

    @Test
    void aBodyThatIsStartedForACallerRunsUnderHisScope() throws Exception {
        Memo1<Integer, CompletableFuture<List<Integer>>> noting = Fleche.of(FutureSharingTest::noteScope);
        List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
        try (Scope own = Fleche.use(cache)) {
            for (String caller : List.of("a", "b")) {
                try (Scope tags = Fleche.tags("caller", caller)) {
                    all.add(noting.apply(1));
                }
            }
        }

        next().completeExceptionally(new IllegalStateException("first"));
        next().complete(list(1));
        await(all.get(1));

        assertThat(SEEN).containsEntry(0, "a").containsEntry(1, "b");
        assertThat(noting.in(cache).query().latest().orElseThrow().tags()).containsEntry("caller", "b");
    }

    @Test
    void aCancelledCallersBodyIsCancelledThatWasStartedForHim() throws Exception {
        List<CompletableFuture<List<Integer>>> all = call(2);
        next().completeExceptionally(new IllegalStateException("first"));
        CompletableFuture<List<Integer>> second = next();

        all.get(1).cancel(true);

        assertThatThrownBy(() -> await(second)).isInstanceOf(java.util.concurrent.CancellationException.class);
        assertThat(all.get(1)).isCancelled();
    }

    @Test
    void aResultThatCannotBeEncodedLetsTheOthersRunTheirBodies() throws Exception {
        Memo1<String, CompletableFuture<StringBuilder>> building =
                Fleche.of(FutureSharingTest::build).in(cache);
        CompletableFuture<StringBuilder> first = building.apply("a");
        CompletableFuture<StringBuilder> second = building.apply("a");
        StringBuilder one = new StringBuilder("one");
        StringBuilder two = new StringBuilder("two");

        BUILDERS.take().complete(one);
        BUILDERS.take().complete(two);

        assertThat(await(first)).isSameAs(one);
        assertThat(await(second)).isSameAs(two);
        assertThat(building.contains("a")).isFalse();
    }

    @Test
    void aCallbackThatWaitsForAnotherCallersResultGetsIt() throws Exception {
        CountDownLatch seen = new CountDownLatch(2);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (CompletableFuture<List<Integer>> one : call(2)) {
            waiting.add(one.thenAccept(value -> {
                seen.countDown();
                awaitQuietly(seen);
            }));
        }

        next().complete(list(1));

        await(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)));
        assertThat(RUNS).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The first fails later; those after it return nothing before its caller has been told. */
    static CompletableFuture<List<Integer>> waitUntilTold(int x) throws InterruptedException {
        CompletableFuture<List<Integer>> future = FutureBodies.completable(x);
        if (RUNS.get() > 1) {
            release.await();
            future.complete(list(x));
        }
        return future;
    }

    @Test
    void howeverManyBodiesBlockWhoCompletesAFutureRunsNoneOfThem() throws Exception {
        release = new CountDownLatch(1);
        Memo1<Integer, CompletableFuture<List<Integer>>> waiting =
                Fleche.of(FutureSharingTest::waitUntilTold).in(cache);
        CompletableFuture<List<Integer>> first = waiting.apply(1);
        List<CompletableFuture<List<Integer>>> others = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            others.add(waiting.apply(1));
        }
        var told = first.whenComplete((value, thrown) -> release.countDown());

        CompletableFuture<Boolean> completing =
                CompletableFuture.supplyAsync(() -> body(first).completeExceptionally(new IllegalStateException("1")));

        assertThat(completing.get(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> await(told)).hasRootCauseMessage("1");
        for (CompletableFuture<List<Integer>> other : others) {
            assertThat(await(other)).containsExactly(1);
        }
    }

    private static CompletableFuture<List<Integer>> body(CompletableFuture<?> ofCaller) {
        try {
            assertThat(ofCaller).isNotDone();
            return next();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
