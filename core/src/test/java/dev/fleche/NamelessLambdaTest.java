package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fleche.cache.Cache;
import dev.fleche.testing.Serial;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamelessLambdaTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    private Path directory;

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    private static Memo1<Integer, Integer> plus(int n) {
        return Fleche.of((Integer x) -> {
            RUNS.incrementAndGet();
            return x + n;
        });
    }

    @Test
    void aLambdaIsRemembered() {
        try (Cache cache = Cache.files(directory)) {
            assertThat(plus(1).in(cache).apply(2)).isEqualTo(3);
            assertThat(plus(1).in(cache).apply(2)).isEqualTo(3);
        }

        assertThat(RUNS).hasValue(1);
    }

    @Test
    void whatItCapturedIsAnArgument() {
        try (Cache cache = Cache.memory()) {
            assertThat(plus(1).in(cache).apply(2)).isEqualTo(3);
            assertThat(plus(5).in(cache).apply(2)).isEqualTo(7);
        }
    }

    @Test
    void severalLambdasOfOneClassAreTold() {
        Memo1<Integer, Integer> twice = Fleche.of((Integer x) -> 2 * x);
        Memo1<Integer, String> text = Fleche.of((Integer x) -> "is " + x);

        assertThat(twice.function()).isEqualTo(text.function());
        try (Cache cache = Cache.memory()) {
            assertThat(twice.in(cache).apply(4)).isEqualTo(8);
            assertThat(text.in(cache).apply(4)).isEqualTo("is 4");

            assertThat(twice.in(cache).query())
                    .singleElement()
                    .satisfies(call -> assertThat(call.result()).isEqualTo(8));
            assertThat(text.in(cache).query())
                    .singleElement()
                    .satisfies(call -> assertThat(call.result()).isEqualTo("is 4"));
        }
    }

    @Test
    void aLambdaTravels() throws Exception {
        Memo1<Integer, Integer> memo = plus(3);

        Memo1<Integer, Integer> copy = Serial.copy(memo, SerialFilter::of);

        assertThat(copy.digest(1)).isEqualTo(memo.digest(1));
        assertThat(copy.apply(1)).isEqualTo(4);
    }

    @Test
    void aFunctionOfTheirNameIsAnother() {
        Fn1<Integer, Integer> nameless = x -> x - 1;
        Fn1<Long, Long> named = x -> x + 1;
        Fleche.of(named, Option.name("lambda"));
        Fn1<Long, Long> other = x -> x - 1;

        assertThat(Fleche.of(nameless).apply(1)).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> Fleche.of(other))
                .withMessageStartingWith(
                        "two functions claim the id dev.fleche.NamelessLambdaTest.lambda(java.lang.Long)");
    }

    @Test
    void lambdasAsArgumentsAreKnownByTheirCode() {
        Memo2<Fn1<Integer, Integer>, Integer, Integer> apply = Fleche.of(NamelessLambdaTest::apply);
        try (Cache cache = Cache.memory()) {
            Memo2<Fn1<Integer, Integer>, Integer, Integer> cached = apply.in(cache);

            assertThat(cached.apply(x -> x + 1, 1)).isEqualTo(2);
            assertThat(cached.apply(x -> x + 2, 1)).isEqualTo(3);
            assertThat(cached.apply(x -> x + 2, 1)).isEqualTo(3);
        }

        assertThat(RUNS).hasValue(2);
    }

    static int apply(Fn1<Integer, Integer> function, int x) throws Exception {
        RUNS.incrementAndGet();
        return function.call(x);
    }
}
