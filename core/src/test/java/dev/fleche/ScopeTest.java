package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fleche.cache.Cache;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private final Cache one = Cache.memory();
    private final Cache two = Cache.memory();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    static int inner(int x) {
        return x + 1;
    }

    static int outer(int x) {
        return INNER.apply(x) * 2;
    }

    private static final Memo1<Integer, Integer> INNER = Fleche.of(ScopeTest::inner);
    private static final Memo1<Integer, Integer> OUTER = Fleche.of(ScopeTest::outer);

    @AfterEach
    void close() {
        thread.shutdownNow();
        one.close();
        two.close();
    }

    @Test
    void theInnerScopeCountsUntilItIsClosed() {
        try (Scope a = Fleche.use(one)) {
            try (Scope b = Fleche.use(two)) {
                INNER.apply(1);
            }
            INNER.apply(2);
        }

        assertThat(INNER.in(two).contains(1)).isTrue();
        assertThat(INNER.in(two).contains(2)).isFalse();
        assertThat(INNER.in(one).contains(2)).isTrue();
        assertThat(INNER.in(one).contains(1)).isFalse();
    }

    @Test
    void aScopeClosesInOrderAndOnItsThread() throws Exception {
        Scope a = Fleche.use(one);
        Scope b = Fleche.use(two);

        assertThatIllegalStateException().isThrownBy(a::close).withMessageContaining("reverse order");
        Throwable elsewhere = thread.submit(() -> {
                    try {
                        b.close();
                        return null;
                    } catch (IllegalStateException e) {
                        return e;
                    }
                })
                .get();
        assertThat(elsewhere).hasMessageContaining("use try-with-resources");
        assertThat(Fleche.cache()).isSameAs(two);

        b.close();
        b.close();
        a.close();
    }

    @Test
    void poolThreadsDoNotInheritAScope() throws Exception {
        try (Scope scope = Fleche.use(one)) {
            assertThat(thread.submit(Fleche::cache).get()).isNotSameAs(one);
        }
    }

    @Test
    void aBoundTaskSeesTheScopeInWhichItWasBound() throws Exception {
        Callable<Integer> task;
        try (Scope scope = Fleche.use(one);
                Scope tags = Fleche.tags("run", "7")) {
            task = Fleche.bind(() -> OUTER.apply(3));
        }

        Integer result = thread.submit(() -> {
                    try (Scope other = Fleche.use(two)) {
                        Integer value = task.call();
                        assertThat(Fleche.cache()).isSameAs(two);
                        return value;
                    }
                })
                .get();

        assertThat(result).isEqualTo(8);
        assertThat(two.query().isEmpty()).isTrue();
        assertThat(one.query().count()).isEqualTo(2);
        assertThat(one.query()).allSatisfy(call -> assertThat(call.tags()).isEqualTo(Map.of("run", "7")));
    }

    @Test
    void aBoundRunnableSeesTheScopeInWhichItWasBound() throws Exception {
        Runnable task;
        try (Scope scope = Fleche.use(one)) {
            task = Fleche.bind(() -> {
                OUTER.apply(5);
            });
        }

        thread.submit(task).get();

        assertThat(OUTER.in(one).contains(5)).isTrue();
    }

    @Test
    void aBoundMemoAndItsNestedCallsUseTheCacheOfTheBinding() throws Exception {
        Memo1<Integer, Integer> bound;
        try (Scope scope = Fleche.use(one)) {
            bound = OUTER.bind();
        }

        try (Scope scope = Fleche.use(two)) {
            assertThat(bound.apply(4)).isEqualTo(10);
            assertThat(Fleche.cache()).isSameAs(two);
        }

        assertThat(two.query().isEmpty()).isTrue();
        assertThat(INNER.in(one).contains(4)).isTrue();
        assertThat(bound.contains(4)).isTrue();
    }

    @Test
    void theScopeIsRestoredAfterAnException() {
        Callable<Integer> failing;
        try (Scope scope = Fleche.use(one)) {
            failing = Fleche.bind(() -> {
                throw new IllegalArgumentException("body");
            });
        }

        try (Scope scope = Fleche.use(two)) {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(failing::call);
            assertThat(Fleche.cache()).isSameAs(two);
        }
    }

    @Test
    void aCallKeepsItsScopeWhereverItRuns() throws Exception {
        Call<Integer> call;
        try (Scope scope = Fleche.use(one)) {
            call = OUTER.on(6);
        }

        assertThat(call.contains()).isFalse();
        assertThat(thread.submit((Callable<Integer>) call).get()).isEqualTo(14);
        assertThat(call.contains()).isTrue();
        assertThat(call.load()).isEqualTo(14);
        assertThat(call.digest()).isEqualTo(OUTER.digest(6));
        assertThat(OUTER.in(one).contains(6)).isTrue();
    }

    @Test
    void theProcessWideDefaultHoldsOnEveryThread() throws Exception {
        Cache before = Fleche.cache();
        Fleche.setDefault(one);
        try {
            assertThat(thread.submit(Fleche::cache).get()).isSameAs(one);
            assertThat(Fleche.cache()).isSameAs(one);
        } finally {
            Fleche.setDefault(before);
        }
    }
}
