package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RerunTest {

    private static final AtomicInteger OUTER_RUNS = new AtomicInteger();
    private static final AtomicInteger INNER_RUNS = new AtomicInteger();
    private static volatile int offset;

    private final Cache cache = Cache.memory();
    private final Scope scope = Fleche.use(cache);

    static int inner(int x) {
        INNER_RUNS.incrementAndGet();
        return x + offset;
    }

    static int outer(int x) {
        OUTER_RUNS.incrementAndGet();
        return INNER.apply(x) * 10;
    }

    static long fibonacci(int n) {
        INNER_RUNS.incrementAndGet();
        return n < 2 ? n : FIBONACCI.apply(n - 1) + FIBONACCI.apply(n - 2);
    }

    static int callBound(int x) {
        return BOUND.call() + x;
    }

    static int callBoundTask(int x) throws Exception {
        return boundTask.call() + x;
    }

    static int bindInner(int x) {
        bound = INNER.bind();
        return x;
    }

    static int rerunInner(int x) {
        return INNER.apply(x) + INNER.rerun(x) + OUTER.apply(x);
    }

    private static final Memo1<Integer, Integer> INNER = Fleche.of(RerunTest::inner);
    private static final Memo1<Integer, Integer> OUTER = Fleche.of(RerunTest::outer);
    private static final Memo1<Integer, Long> FIBONACCI = Fleche.of(RerunTest::fibonacci);
    private static final Call<Integer> BOUND = INNER.in(Cache.memory()).on(1);
    private static Memo1<Integer, Integer> bound = INNER;
    private static Callable<Integer> boundTask = () -> 0;

    @BeforeEach
    void reset() {
        OUTER_RUNS.set(0);
        INNER_RUNS.set(0);
        offset = 0;
    }

    @AfterEach
    void close() {
        scope.close();
        cache.close();
    }

    @Test
    void aRerunRefreshesNestedCallsAndReplacesWhatIsStored() {
        OUTER.apply(1);
        offset = 5;

        assertThat(OUTER.apply(1)).isEqualTo(10);
        assertThat(OUTER.rerun(1)).isEqualTo(60);

        assertThat(OUTER.load(1)).isEqualTo(60);
        assertThat(INNER.load(1)).isEqualTo(6);
        assertThat(OUTER_RUNS).hasValue(2);
        assertThat(INNER_RUNS).hasValue(2);
    }

    @Test
    void aRerunOfACallThatWasNeverMadeStoresIt() {
        assertThat(OUTER.on(2).rerun()).isEqualTo(20);

        assertThat(OUTER.contains(2)).isTrue();
    }

    @Test
    void callersAboveKeepTheirEntries() {
        OUTER.apply(1);
        offset = 5;

        INNER.rerun(1);

        assertThat(OUTER.apply(1)).isEqualTo(10);
        assertThat(INNER.apply(1)).isEqualTo(6);
    }

    @Test
    void aRecursiveFunctionStaysMemoisedWhileItIsRerun() {
        FIBONACCI.apply(40);
        INNER_RUNS.set(0);

        assertThat(FIBONACCI.rerun(40)).isEqualTo(102334155L);

        assertThat(INNER_RUNS).hasValue(41);
    }

    @Test
    void aRerunEndsWithItsCall() {
        OUTER.rerun(1);
        OUTER_RUNS.set(0);

        OUTER.apply(1);

        assertThat(OUTER_RUNS).hasValue(0);
    }

    @Test
    void aNestedCallThatWasBoundBeforeIsRefreshedToo() {
        Memo1<Integer, Integer> caller = Fleche.of(RerunTest::callBound);
        caller.apply(1);
        offset = 5;

        assertThat(caller.rerun(1)).isEqualTo(7);

        assertThat(BOUND.load()).isEqualTo(6);
    }

    @Test
    void callsInATaskThatWasBoundBeforeAreRefreshedToo() {
        boundTask = Fleche.bind(() -> INNER.apply(3));
        Memo1<Integer, Integer> caller = Fleche.of(RerunTest::callBoundTask);
        caller.apply(1);
        offset = 5;

        assertThat(caller.rerun(1)).isEqualTo(9);
    }

    @Test
    void whatIsBoundInARerunIsNotRerunAfterIt() {
        INNER.apply(7);
        Fleche.of(RerunTest::bindInner).rerun(1);
        INNER_RUNS.set(0);

        bound.apply(7);

        assertThat(INNER_RUNS).hasValue(0);
    }

    @Test
    void aRerunInsideARerunIsOneOfItsOwn() {
        Memo1<Integer, Integer> caller = Fleche.of(RerunTest::rerunInner);
        caller.apply(1);
        OUTER_RUNS.set(0);
        INNER_RUNS.set(0);

        caller.rerun(1);

        assertThat(INNER_RUNS).hasValue(2);
        assertThat(OUTER_RUNS).hasValue(1);
    }
}
