package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Digestible;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which references mean the same call. */
class FunctionKeysTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    static long add(long a, long b) {
        RUNS.incrementAndGet();
        return a + b;
    }

    /** A tariff of its own state, which a subclass changes by its code alone. */
    static class Tariff implements Digestible {
        int price(int amount) {
            return amount * 2;
        }

        @Override
        public Object digestKey() {
            return "tariff";
        }
    }

    static final class Rebate extends Tariff {
        @Override
        int price(int amount) {
            return amount;
        }
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    @Test
    void anArgumentThatIsWidenedMakesTheSameCallAsOneOfTheDeclaredType() {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            Fn2<Integer, Integer, Long> addInts = FunctionKeysTest::add;
            Memo2<Integer, Integer, Long> ints = Fleche.of(addInts);
            Memo2<Long, Long, Long> longs = Fleche.of(FunctionKeysTest::add);

            assertThat(ints.apply(1, 2)).isEqualTo(3);
            assertThat(longs.apply(1L, 2L)).isEqualTo(3);

            assertThat(RUNS).hasValue(1);
            assertThat(ints.digest(1, 2)).isEqualTo(longs.digest(1L, 2L));
        }
    }

    @Test
    void anOverloadedMethodIsToldByItsTypes() {
        try (Cache cache = Cache.memory()) {
            Memo1<String, Integer> parse =
                    Fleche.<String, Integer>of(Integer::parseInt).in(cache);
            Memo2<String, Integer, Integer> parseWithRadix =
                    Fleche.<String, Integer, Integer>of(Integer::parseInt).in(cache);

            assertThat(parse.apply("11")).isEqualTo(11);
            assertThat(parseWithRadix.apply("11", 2)).isEqualTo(3);

            assertThat(parse.function()).isNotEqualTo(parseWithRadix.function());
        }
    }

    @Test
    void aReceiverThatOverridesTheMethodMakesAnotherCall() {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            Tariff plain = new Tariff();
            Tariff rebate = new Rebate();
            Memo1<Integer, Integer> plainPrice = Fleche.of(plain::price);
            Memo1<Integer, Integer> rebatePrice = Fleche.of(rebate::price);
            Memo2<Tariff, Integer, Integer> price = Fleche.of(Tariff::price);

            assertThat(plainPrice.apply(10)).isEqualTo(20);
            assertThat(rebatePrice.apply(10)).isEqualTo(10);
            assertThat(price.apply(new Tariff(), 10)).isEqualTo(20);
            assertThat(price.apply(new Rebate(), 10)).isEqualTo(10);

            assertThat(rebatePrice.function()).isEqualTo(plainPrice.function());
            assertThat(price.digest(new Rebate(), 10)).isEqualTo(rebatePrice.digest(10));
            assertThat(cache.query().count()).isEqualTo(2);
        }
    }
}
