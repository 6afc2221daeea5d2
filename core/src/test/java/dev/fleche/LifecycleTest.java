package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.PreparedCall;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.FunctionId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the sealed key to the record, on a file store. */
class LifecycleTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final PreparedCall.Timing TIMING =
            new PreparedCall.Timing(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Duration.ofSeconds(1));

    @TempDir
    Path directory;

    static int appendAndSum(List<Integer> list) {
        RUNS.incrementAndGet();
        list.add(100);
        return list.stream().mapToInt(Integer::intValue).sum();
    }

    static List<Integer> appendAndReturn(List<Integer> list) {
        RUNS.incrementAndGet();
        list.add(100);
        return list;
    }

    static int length(String text) {
        RUNS.incrementAndGet();
        return text.length();
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    private static List<Integer> list(int... numbers) {
        List<Integer> list = new ArrayList<>();
        for (int number : numbers) {
            list.add(number);
        }
        return list;
    }

    @Test
    void theKeyIsSealedBeforeTheBodyChangesItsArguments() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<List<Integer>, Integer> sum =
                    Fleche.of(LifecycleTest::appendAndSum).in(cache);

            assertThat(sum.apply(list(1, 2))).isEqualTo(103);
            assertThat(sum.apply(list(1, 2))).isEqualTo(103);
            assertThat(RUNS).hasValue(1);
            assertThat(sum.contains(list(1, 2, 100))).isFalse();
            assertThat(sum.apply(list(1, 2, 100))).isEqualTo(203);
        }
    }

    @Test
    void theArgumentIsRecordedAsItWasAndTheResultAsItBecame() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<List<Integer>, List<Integer>> append =
                    Fleche.of(LifecycleTest::appendAndReturn).in(cache);
            append.apply(list(1));

            var recorded = append.query().latest().orElseThrow();

            assertThat(recorded.<List<Integer>>argument(
                            recorded.record().arguments().get(0).name()))
                    .containsExactly(1);
            assertThat(recorded.result()).containsExactly(1, 100);
        }
    }

    private static KeyedCall keyed(Object argument) {
        Digest digest = Digester.standard().digest(argument);
        return new KeyedCall(
                digest,
                new FunctionId("app.F", "f", List.of("java.lang.String")),
                Optional.empty(),
                Optional.empty(),
                List.of(new KeyedCall.Argument("text", argument, digest)),
                TypeContext.empty(),
                1 << 24,
                Map.of(),
                false);
    }

    @Test
    void argumentsAreStoredBeforeTheCommitAndTheRecordWithIt() {
        String large = "x".repeat(5000);
        try (Cache cache = Cache.files(directory)) {
            KeyedCall call = keyed(large);
            try (PreparedCall prepared = cache.prepare(call)) {
                assertThat(directory.resolve("values")).isNotEmptyDirectory();
                assertThat(cache.contains(call.key())).isFalse();

                prepared.commit(Codecs.standard().encode(5000, TypeContext.empty(), 100), Optional.empty(), TIMING);
            }

            assertThat(cache.load(call.key(), TypeContext.empty()).<String>argument("text"))
                    .isEqualTo(large);
            assertThat(cache.load(call.key(), TypeContext.empty()).result()).isEqualTo(5000);
        }
    }

    @Test
    void aPreparedCallEndsOnce() {
        try (Cache cache = Cache.files(directory)) {
            var five = Codecs.standard().encode(5, TypeContext.empty(), 100);
            PreparedCall committed = cache.prepare(keyed("a"));
            committed.commit(five, Optional.empty(), TIMING);
            committed.abandon();
            PreparedCall abandoned = cache.prepare(keyed("b"));
            abandoned.abandon();
            abandoned.abandon();

            assertThatIllegalStateException()
                    .isThrownBy(() -> committed.commit(five, Optional.empty(), TIMING))
                    .withMessageContaining("committed before");
            assertThatIllegalStateException()
                    .isThrownBy(() -> abandoned.commit(five, Optional.empty(), TIMING))
                    .withMessageContaining("abandoned before");
            assertThat(cache.contains(keyed("a").key())).isTrue();
            assertThat(cache.contains(keyed("b").key())).isFalse();
        }
    }

    @Test
    void leavingWithoutACommitAbandonsAndLetsTheExceptionPass() {
        try (Cache cache = Cache.files(directory)) {
            assertThatThrownBy(() -> {
                        try (PreparedCall prepared = cache.prepare(keyed("a"))) {
                            throw new IllegalArgumentException("body");
                        }
                    })
                    .hasMessage("body");
            assertThat(cache.contains(keyed("a").key())).isFalse();
        }
    }

    @Test
    void aReadOnlyCacheFindsAndNeverStores() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<String, Integer> length = Fleche.of(LifecycleTest::length);
            length.in(cache).apply("known");
            Memo1<String, Integer> readOnly = length.in(cache.readOnly());

            assertThat(readOnly.apply("known")).isEqualTo(5);
            assertThat(readOnly.apply("unknown")).isEqualTo(7);
            assertThat(readOnly.apply("unknown")).isEqualTo(7);

            assertThat(RUNS).hasValue(3);
            assertThat(cache.query().count()).isEqualTo(1);
            assertThatThrownBy(() -> cache.readOnly().evict(length.digest("known")))
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void anEvictedCallIsComputedAgain() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<String, Integer> length = Fleche.of(LifecycleTest::length).in(cache);
            length.apply("word");

            assertThat(cache.evict(length.digest("word"))).isTrue();
            assertThat(cache.evict(length.digest("word"))).isFalse();
            length.apply("word");

            assertThat(RUNS).hasValue(2);
        }
    }

    @Test
    void statsCountWhatHappened() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<String, Integer> length = Fleche.of(LifecycleTest::length).in(cache);
            length.apply("word");
            length.apply("word");
            length.apply("other");
            cache.evict(length.digest("other"));

            assertThat(cache.stats()).satisfies(stats -> {
                assertThat(stats.hits()).isEqualTo(1);
                assertThat(stats.misses()).isEqualTo(2);
                assertThat(stats.commits()).isEqualTo(2);
                assertThat(stats.evictions()).isEqualTo(1);
                assertThat(stats.failures()).isZero();
                assertThat(stats.hitRate()).isEqualTo(1.0 / 3);
            });
        }
    }

    @Test
    void handlesOnADirectoryAreCounted() throws Exception {
        Cache one = Cache.files(directory);
        Cache two = Cache.open(directory.resolve("..").resolve(directory.getFileName()));
        Memo1<String, Integer> length = Fleche.of(LifecycleTest::length);
        length.in(one).apply("word");
        one.close();
        one.close();

        assertThat(length.in(two).contains("word")).isTrue();
        assertThat(length.in(one).contains("word")).isFalse();
        assertThat(length.in(one).apply("word")).isEqualTo(4);
        assertThat(RUNS).hasValue(2);
        two.close();
        assertThat(length.in(two).apply("word")).isEqualTo(4);
        try (Cache again = Cache.open(directory)) {
            assertThat(length.in(again).apply("word")).isEqualTo(4);
        }
        assertThat(RUNS).hasValue(3);
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullIsRefusedWhenACacheIsMade() {
        assertThatNullPointerException().isThrownBy(() -> Cache.of(null, null)).withMessage("values");
        assertThatNullPointerException().isThrownBy(() -> Cache.files(null)).withMessage("directory");
        assertThatNullPointerException()
                .isThrownBy(() -> Cache.open((Path) null))
                .withMessage("directory");
    }
}
