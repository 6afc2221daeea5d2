package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Address;
import dev.fleche.record.StoredValue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Cache cache = Cache.memory();
    private Scope scope = Fleche.use(cache);

    static int add(int a, int b) {
        RUNS.incrementAndGet();
        return a + b;
    }

    static @Nullable String none(int a) {
        RUNS.incrementAndGet();
        return null;
    }

    static int fail(int a) throws IOException {
        RUNS.incrementAndGet();
        throw new IOException("disk " + a);
    }

    static int s0() {
        return RUNS.incrementAndGet();
    }

    static int s1(int a) {
        return RUNS.incrementAndGet();
    }

    static int s3(int a, int b, int c) {
        return RUNS.incrementAndGet();
    }

    static int s4(int a, int b, int c, int d) {
        return RUNS.incrementAndGet();
    }

    static int s5(int a, int b, int c, int d, int e) {
        return RUNS.incrementAndGet();
    }

    static int s6(int a, int b, int c, int d, int e, int f) {
        return RUNS.incrementAndGet();
    }

    static int s7(int a, int b, int c, int d, int e, int f, int g) {
        return RUNS.incrementAndGet();
    }

    static int s8(int a, int b, int c, int d, int e, int f, int g, int h) {
        return RUNS.incrementAndGet();
    }

    static List<String> immutable(int n) {
        return List.of("a", "b" + n);
    }

    static int[] mutable(int n) {
        int[] numbers = new int[n];
        java.util.Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    static int pick(int[] numbers, int index) {
        return numbers[index];
    }

    static int twice(Function<Integer, Integer> function, int x) {
        RUNS.incrementAndGet();
        return function.apply(function.apply(x));
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    @AfterEach
    void close() {
        scope.close();
        cache.close();
    }

    @Test
    void aCallIsComputedOnceAndThenLoaded() {
        Memo2<Integer, Integer, Integer> add = Fleche.of(MemoTest::add);

        assertThat(add.contains(1, 2)).isFalse();
        assertThat(add.apply(1, 2)).isEqualTo(3);
        assertThat(add.apply(1, 2)).isEqualTo(3);
        assertThat(RUNS).hasValue(1);
        assertThat(add.contains(1, 2)).isTrue();
        assertThat(add.load(1, 2)).isEqualTo(3);
        assertThat(add.contains(2, 1)).isFalse();
    }

    @Test
    void functionsOfNoToEightArgumentsAreComputedOnce() {
        List<Supplier<Integer>> calls = List.of(
                Fleche.of(MemoTest::s0),
                Fleche.of(MemoTest::s1).on(1),
                Fleche.of(MemoTest::add).on(1, 2),
                Fleche.of(MemoTest::s3).on(1, 2, 3),
                Fleche.of(MemoTest::s4).on(1, 2, 3, 4),
                Fleche.of(MemoTest::s5).on(1, 2, 3, 4, 5),
                Fleche.of(MemoTest::s6).on(1, 2, 3, 4, 5, 6),
                Fleche.of(MemoTest::s7).on(1, 2, 3, 4, 5, 6, 7),
                Fleche.of(MemoTest::s8).on(1, 2, 3, 4, 5, 6, 7, 8));

        for (Supplier<Integer> call : calls) {
            int before = RUNS.get();

            Integer first = call.get();
            Integer second = call.get();

            assertThat(second).isEqualTo(first);
            assertThat(RUNS).hasValue(before + 1);
        }
    }

    @Test
    void eachArgumentTakesPartInTheKey() {
        Memo8<Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer> memo =
                Fleche.of(MemoTest::s8);
        memo.apply(0, 0, 0, 0, 0, 0, 0, 0);

        memo.apply(1, 0, 0, 0, 0, 0, 0, 0);
        memo.apply(0, 1, 0, 0, 0, 0, 0, 0);
        memo.apply(0, 0, 1, 0, 0, 0, 0, 0);
        memo.apply(0, 0, 0, 1, 0, 0, 0, 0);
        memo.apply(0, 0, 0, 0, 1, 0, 0, 0);
        memo.apply(0, 0, 0, 0, 0, 1, 0, 0);
        memo.apply(0, 0, 0, 0, 0, 0, 1, 0);
        memo.apply(0, 0, 0, 0, 0, 0, 0, 1);

        assertThat(RUNS).hasValue(9);
    }

    @Test
    void memosAreFunctionsOfTheJdk() {
        Supplier<Integer> supplier = Fleche.of(MemoTest::s0);
        Function<Integer, Integer> function = Fleche.of(MemoTest::s1);
        BiFunction<Integer, Integer, Integer> biFunction = Fleche.of(MemoTest::add);

        assertThat(supplier.get()).isEqualTo(supplier.get());
        assertThat(function.apply(1)).isEqualTo(function.apply(1));
        assertThat(biFunction.apply(20, 22)).isEqualTo(42);
    }

    @Test
    @SuppressWarnings("NullAway") // it knows no nullable type arguments
    void nullIsAValueLikeAnyOther() {
        Memo1<Integer, @Nullable String> none = Fleche.of(MemoTest::none);

        assertThat(none.apply(1)).isNull();
        assertThat(none.apply(1)).isNull();
        assertThat(RUNS).hasValue(1);
        assertThat(none.load(1)).isNull();
    }

    @Test
    void exceptionsPassUnchangedAndAreNeverStored() {
        Memo1<Integer, Integer> fail = Fleche.of(MemoTest::fail);

        assertThatThrownBy(() -> fail.apply(7))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk 7")
                .hasNoCause();
        assertThatThrownBy(() -> fail.apply(7)).isExactlyInstanceOf(IOException.class);
        assertThat(RUNS).hasValue(2);
        assertThat(fail.contains(7)).isFalse();
        assertThat(cache.query().isEmpty()).isTrue();
    }

    @Test
    void loadNeverRunsTheBody() {
        Memo2<Integer, Integer, Integer> add = Fleche.of(MemoTest::add);

        assertThatThrownBy(() -> add.load(1, 2))
                .isInstanceOf(NotCachedException.class)
                .hasMessageContaining("MemoTest.add")
                .hasMessageContaining(add.digest(1, 2).toString())
                .hasMessageContaining("ABSENT");
        assertThat(RUNS).hasValue(0);
    }

    @Test
    void theVersionIsPartOfTheKey() {
        Memo2<Integer, Integer, Integer> first = Fleche.of(MemoTest::add, Option.version("1"));
        Memo2<Integer, Integer, Integer> second = Fleche.of(MemoTest::add, Option.version("2"));

        first.apply(1, 2);
        second.apply(1, 2);

        assertThat(RUNS).hasValue(2);
        assertThat(first.query().count()).isEqualTo(1);
        assertThat(cache.query().count()).isEqualTo(2);
    }

    @Test
    void anExplicitCacheWinsOverTheScope() {
        try (Cache mine = Cache.memory()) {
            Memo2<Integer, Integer, Integer> add = Fleche.of(MemoTest::add);

            add.in(mine).apply(1, 2);

            assertThat(add.contains(1, 2)).isFalse();
            assertThat(add.in(mine).contains(1, 2)).isTrue();
        }
    }

    @Test
    void theVoidCacheSwitchesCachingOff() {
        Memo2<Integer, Integer, Integer> add = Fleche.of(MemoTest::add).in(Cache.voidCache());

        add.apply(1, 2);
        add.apply(1, 2);

        assertThat(RUNS).hasValue(2);
        assertThat(add.contains(1, 2)).isFalse();
        assertThat(add.query().isEmpty()).isTrue();
    }

    @Test
    void recordsHoldTimesArgumentsAndTags() {
        Memo2<Integer, Integer, Integer> add = Fleche.of(MemoTest::add);
        try (Scope outer = Fleche.tags("project", "alpha", "run", "1");
                Scope inner = Fleche.tags("run", "2")) {
            add.apply(1, 2);
        }
        add.apply(3, 4);

        var tagged = add.query().filter(call -> !call.tags().isEmpty()).latest().orElseThrow();

        assertThat(tagged.tags()).isEqualTo(java.util.Map.of("project", "alpha", "run", "2"));
        assertThat(tagged.result()).isEqualTo(3);
        assertThat(tagged.record().arguments()).hasSize(2);
        assertThat(tagged.stop()).isAfterOrEqualTo(tagged.start());
        assertThat(tagged.wallTime()).isPositive();
        assertThat(add.query().count()).isEqualTo(2);
    }

    @Test
    void tagsComeInPairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fleche.tags("project", "alpha", "run"))
                .withMessage("expected names and values in turn, found a name without a value: \"run\"");
    }

    @Test
    void tagsAreText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fleche.tags("project", "half \uD800"))
                .withMessageContaining("surrogate");
    }

    @Test
    void aDeeplyImmutableResultIsSharedInMemoryAndAnotherIsCopied() {
        Memo1<Integer, List<String>> immutable = Fleche.of(MemoTest::immutable);
        Memo1<Integer, int[]> mutable = Fleche.of(MemoTest::mutable);

        assertThat(immutable.apply(1)).isSameAs(immutable.apply(1));
        assertThat(mutable.apply(1)).isNotSameAs(mutable.apply(1)).containsExactly(mutable.apply(1));
    }

    @Test
    void aStoredValueCanBePassedByItsAddress() {
        Memo1<Integer, int[]> mutable = Fleche.of(MemoTest::mutable);
        Memo2<int[], Integer, Integer> pick = Fleche.of(MemoTest::pick);
        mutable.apply(3000);
        var result = mutable.query().latest().orElseThrow().record().result();
        Address address = ((StoredValue.Separate) result).address();

        assertThat(pick.onStored(address, 7).call()).isEqualTo(7);

        assertThat(pick.contains(mutable.apply(3000), 7)).isTrue();
        assertThat(pick.onStored(address, 7).digest()).isEqualTo(pick.digest(mutable.apply(3000), 7));
        Address unknown = new Address(pick.digest(new int[0], 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pick.onStored(unknown, 7))
                .withMessageContaining(unknown.toString())
                .withMessageContaining("ABSENT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pick.onStored(address))
                .withMessage("expected 2 arguments of MemoTest.pick, found 1");
    }

    @Test
    void aMemoAsAnArgumentIsTheFunctionThatItWraps() {
        Memo2<Function<Integer, Integer>, Integer, Integer> twice = Fleche.of(MemoTest::twice);
        Memo1<Integer, Integer> one = Fleche.of(MemoTest::s1);
        Memo1<Integer, Integer> other = Fleche.of(MemoTest::s1, Option.version(2));
        int before = RUNS.get();

        twice.apply(one, 1);
        twice.apply(Fleche.of(MemoTest::s1).in(cache).bind(), 1);

        assertThat(twice.digest(one, 1)).isNotEqualTo(twice.digest(other, 1));
        // the body of the first call, and its two calls of the other function
        assertThat(RUNS).hasValue(before + 3);
    }
}
