package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Serial;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls, memos and bound tasks that are serialised and read again in the same process. */
class TravelTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    record Scale(int factor) implements Serializable {
        int times(int a) {
            RUNS.incrementAndGet();
            return factor * a;
        }
    }

    record Local(int factor) {
        int times(int a) {
            return factor * a;
        }
    }

    static int twice(int a) {
        RUNS.incrementAndGet();
        return 2 * a;
    }

    static String text(@Nullable String text) {
        RUNS.incrementAndGet();
        return "<" + text + ">";
    }

    static String kind(int a) {
        return "int " + a;
    }

    static String kind(String a) {
        return "String " + a;
    }

    static long widened(long a) {
        return a;
    }

    static int applied(Memo1<Integer, Integer> memo, int a) {
        return memo.apply(a) + 1;
    }

    static Map<String, String> tags(String name) {
        return Map.copyOf(Context.current().tags());
    }

    private static final Memo1<Integer, Integer> TWICE = Fleche.of(TravelTest::twice);

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    private static <T> T travelled(T object) throws IOException, ClassNotFoundException {
        return Serial.copy(object, SerialFilter::of);
    }

    @Test
    void aCallOnFilesComesBackWithItsKeyAndCache() throws Exception {
        try (Cache cache = Cache.files(directory)) {
            Call<Integer> call = TWICE.in(cache).on(4);

            Call<Integer> copy = travelled(call);

            assertThat(copy.digest()).isEqualTo(call.digest());
            assertThat(copy.call()).isEqualTo(8);
            assertThat(call.load()).isEqualTo(8);
            assertThat(RUNS).hasValue(1);
        }
    }

    @Test
    void aCallOnFilesOutlivesTheHandleOfItsSender() throws Exception {
        Call<Integer> copy;
        try (Cache cache = Cache.files(directory)) {
            copy = travelled(TWICE.in(cache).on(5));
        }

        copy.call();

        try (Cache cache = Cache.files(directory)) {
            assertThat(TWICE.in(cache).contains(5)).isTrue();
        }
    }

    @Test
    void readingACallTouchesNoDisk() throws Exception {
        Path place = directory.resolve("store");
        byte[] bytes;
        try (Cache cache = Cache.files(place)) {
            bytes = Serial.bytes(TWICE.in(cache).on(1));
        }
        Path moved = Files.move(place, directory.resolve("moved"));

        Call<?> call = (Call<?>) Serial.object(bytes, SerialFilter::of);

        assertThat(place).doesNotExist();
        assertThat(call.call()).isEqualTo(2);
        assertThat(place).isDirectory();
        assertThat(moved).isDirectory();
    }

    @Test
    void aCallOnMemoryLeadsBackToTheSameMemory() throws Exception {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            TWICE.apply(3);

            assertThat(travelled(TWICE.on(3)).call()).isEqualTo(6);
            assertThat(travelled(TWICE.on(4)).call()).isEqualTo(8);

            assertThat(RUNS).hasValue(2);
            assertThat(TWICE.contains(4)).isTrue();
        }
    }

    @Test
    void aClosedMemoryCacheIsNotRevived() throws Exception {
        Call<Integer> copy;
        try (Cache cache = Cache.memory()) {
            copy = travelled(TWICE.in(cache).on(3));
        }

        assertThat(copy.call()).isEqualTo(6);

        assertThat(copy.contains()).isFalse();
    }

    @Test
    void theDefaultCacheIsMeantByACallWithoutAScope() throws Exception {
        travelled(TWICE.on(77)).call();

        assertThat(TWICE.contains(77)).isTrue();
    }

    @Test
    void aReadOnlyViewStaysOne() throws Exception {
        try (Cache cache = Cache.files(directory)) {
            TWICE.in(cache).apply(1);
            Memo1<Integer, Integer> view = TWICE.in(cache.readOnly());

            assertThat(travelled(view.on(1)).call()).isEqualTo(2);
            assertThat(travelled(view.on(2)).call()).isEqualTo(4);

            assertThat(TWICE.in(cache).contains(2)).isFalse();
            assertThat(RUNS).hasValue(2);
        }
    }

    @Test
    void aCallOnTheVoidRunsEachTime() throws Exception {
        Call<Integer> copy = travelled(TWICE.in(Cache.voidCache()).on(1));

        copy.call();
        copy.call();

        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aCacheThatHoldsCodeRefusesToTravel() {
        Storages storages = StorageProviders.open(CacheConfig.of("memory"));
        try (Cache cache = Cache.of(storages.values(), storages.calls())) {
            assertThatThrownBy(() -> Serial.bytes(TWICE.in(cache).on(1)))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("Cache.of(values, calls)")
                    .hasMessageContaining("or submit the memoised call itself as a Call through Fleche.wrap");
            assertThatThrownBy(() -> Serial.bytes(TWICE.in(cache.readOnly())))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void tagsTravel() throws Exception {
        Memo1<String, Map<String, String>> tags = Fleche.of(TravelTest::tags);
        Call<Map<String, String>> call;
        try (Scope scope = Fleche.tags("project", "alpha")) {
            call = travelled(tags.on("x"));
        }

        assertThat(call.call()).containsExactly(Map.entry("project", "alpha"));
    }

    @Test
    void optionsTravel() throws Exception {
        Memo1<Integer, Integer> memo = Fleche.of(
                TravelTest::twice,
                Option.name("travelling"),
                Option.version(3),
                Option.allow(Local.class),
                Option.storeArguments(ArgumentStoring.NONE),
                Option.strict());

        Memo1<Integer, Integer> copy = travelled(memo);

        assertThat(copy.profile().settings()).isEqualTo(memo.profile().settings());
        assertThat(copy.function()).isEqualTo(memo.function());
        assertThat(copy.digest(1)).isEqualTo(memo.digest(1)).isNotEqualTo(TWICE.digest(1));
    }

    @Test
    void ignoredParametersStayIgnored() throws Exception {
        Memo2<String, Integer, String> memo = Fleche.of(String::repeat, Option.ignore(0));

        assertThat(travelled(memo).digest("a", 1)).isEqualTo(memo.digest("a", 2));
    }

    @Test
    void aBoundReceiverTravelsAsAnArgument() throws Exception {
        Memo1<Integer, Integer> memo = Fleche.of(new Scale(3)::times);

        Memo1<Integer, Integer> copy = travelled(memo);

        assertThat(copy.digest(2))
                .isEqualTo(memo.digest(2))
                .isNotEqualTo(Fleche.of(new Scale(4)::times).digest(2));
        assertThat(copy.in(Cache.voidCache()).apply(2)).isEqualTo(6);
    }

    @Test
    void aReceiverThatIsNotSerializableIsNamed() {
        Memo1<Integer, Integer> memo = Fleche.of(new Local(3)::times);

        assertThatThrownBy(() -> travelled(memo))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("TravelTest$Local");
    }

    @Test
    void overloadsAreToldApart() throws Exception {
        Memo1<Integer, String> ofInt = Fleche.<Integer, String>of(TravelTest::kind);
        Memo1<String, String> ofString = Fleche.<String, String>of(TravelTest::kind);

        assertThat(travelled(ofInt).apply(1)).isEqualTo("int 1");
        assertThat(travelled(ofString).apply("1")).isEqualTo("String 1");
    }

    @Test
    void aReferenceThatWouldBeReadAsAnotherOneIsRefused() {
        Memo1<Integer, Long> first = Fleche.<Integer, Long>of(TravelTest::widened);
        Memo1<Long, Long> second = Fleche.<Long, Long>of(TravelTest::widened);

        assertThat(first.digest(1)).isEqualTo(second.digest(1L));
        assertThatThrownBy(() -> {
                    travelled(first);
                    travelled(second);
                })
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("put each reference into a class of its own");
    }

    @Test
    void aNamedLambdaTravelsWithWhatItCaptured() throws Exception {
        int step = 5;
        Memo1<Integer, Integer> memo = Fleche.of((Integer a) -> a + step, Option.name("travellingStep"));

        Memo1<Integer, Integer> copy = travelled(memo);

        assertThat(copy.apply(1)).isEqualTo(6);
        assertThat(copy.digest(1)).isEqualTo(memo.digest(1));
    }

    @Test
    void aMemoAsAnArgumentTravels() throws Exception {
        Memo2<Memo1<Integer, Integer>, Integer, Integer> memo = Fleche.of(TravelTest::applied);

        Call<Integer> copy = travelled(memo.on(TWICE, 4));

        assertThat(copy.digest()).isEqualTo(memo.digest(TWICE, 4));
        assertThat(copy.call()).isEqualTo(9);
    }

    @Test
    @SuppressWarnings("NullAway") // the checker does not follow null into a type argument
    void anArgumentMayBeNull() throws Exception {
        Memo1<@Nullable String, String> memo = Fleche.of(TravelTest::text);

        Call<String> copy = travelled(memo.in(Cache.voidCache()).on(null));

        assertThat(copy.call()).isEqualTo("<null>");
        assertThat(copy.digest()).isEqualTo(memo.digest(null));
    }

    @Test
    void anUnboundMemoUsesTheScopeThatItMeets() throws Exception {
        Memo1<Integer, Integer> copy = travelled(TWICE);
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            copy.apply(9);

            assertThat(TWICE.contains(9)).isTrue();
        }
    }

    @Test
    void aBoundMemoKeepsItsScope() throws Exception {
        try (Cache cache = Cache.files(directory)) {
            Memo1<Integer, Integer> copy;
            try (Scope scope = Fleche.use(cache)) {
                copy = travelled(TWICE.bind());
            }

            copy.apply(6);

            assertThat(TWICE.in(cache).contains(6)).isTrue();
        }
    }

    @Test
    void aBoundTaskTravelsAsWhatItIs() throws Exception {
        try (Cache cache = Cache.files(directory)) {
            SerializableCallable<Integer> task;
            SerializableRunnable run;
            try (Scope scope = Fleche.use(cache)) {
                task = Fleche.bind(() -> TWICE.apply(10));
                run = Fleche.bind(() -> {
                    TWICE.apply(11);
                });
            }

            assertThat(travelled(task).call()).isEqualTo(20);
            travelled(run).run();

            assertThat(TWICE.in(cache).contains(10)).isTrue();
            assertThat(TWICE.in(cache).contains(11)).isTrue();
        }
    }

    @Test
    void whatIsBoundAlreadyKeepsItsBinding() {
        SerializableCallable<Integer> task = Fleche.bind(() -> 1);
        SerializableRunnable run = Fleche.bind(() -> {});
        Callable<Integer> plain = Fleche.bind((Callable<Integer>) () -> 1);
        Runnable plainRun = Fleche.bind((Runnable) () -> {});
        Call<Integer> call = TWICE.on(1);

        assertThat(Fleche.bind(task)).isSameAs(task);
        assertThat(Fleche.bind(run)).isSameAs(run);
        assertThat(Fleche.bind(plain)).isSameAs(plain);
        assertThat(Fleche.bind(plainRun)).isSameAs(plainRun);
        assertThat(Fleche.bind(call)).isSameAs(call);
        assertThat(Fleche.bind((Callable<Integer>) call)).isSameAs(call);
    }

    @Test
    void aPlainTaskClaimsToBeSerializableOnlyIfItIs() throws Exception {
        Callable<Integer> plain = () -> 1;
        Callable<Integer> travelling = (Callable<Integer> & Serializable) () -> 2;

        assertThat(Fleche.bind(plain)).isNotInstanceOf(Serializable.class);
        assertThat(travelled(Fleche.bind(travelling)).call()).isEqualTo(2);
    }

    @Test
    void manyCallsShareOneOpenStore() throws Exception {
        try (Cache cache = Cache.files(directory)) {
            Call<Integer> one = travelled(TWICE.in(cache).on(1));
            Call<Integer> two = travelled(TWICE.in(cache).on(2));
            one.call();
            two.call();

            assertThat(TravelledCache.of(cache.config().orElseThrow()))
                    .isSameAs(TravelledCache.of(cache.config().orElseThrow()));
            assertThat(cache.stats().commits()).isEqualTo(2);
            assertThat(cache.config())
                    .isEqualTo(Optional.of(CacheConfig.of("files")
                            .with("path", directory.toRealPath().toString())));
        }
    }
}
