package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches that came as their configuration, and the configurations of caches. */
class TravelledCacheTest {

    private static final Digest KEY = Digest.of(new byte[Digest.BYTES]);

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();

    private TravelledCache cacheAt(Path place) {
        return cacheOf(CacheConfig.of("files").with("path", place.toString()));
    }

    private TravelledCache cacheOf(CacheConfig config) {
        return new TravelledCache(config, new TravelledCaches.Opened(config), nanos::get);
    }

    private static Value value() {
        return Codecs.standard().encode("text", TypeContext.empty(), 1000);
    }

    @Test
    void aCacheThatCannotBeOpenedMissesAndRefuses() throws Exception {
        TravelledCache cache = cacheAt(Files.writeString(directory.resolve("file"), "x"));

        assertThat(Objects.requireNonNull(cache.failure())).hasMessageContaining("found a file");
        assertThat(cache.isVoid()).isFalse();
        assertThat(cache.contains(KEY)).isFalse();
        assertThat(cache.find(KEY, TypeContext.empty()))
                .isInstanceOfSatisfying(
                        Lookup.Miss.class, miss -> assertThat(miss.reason()).isEqualTo(Lookup.Reason.UNAVAILABLE));
        assertThatThrownBy(() -> cache.load(KEY, TypeContext.empty())).isInstanceOf(NotCachedException.class);
        assertThatThrownBy(() -> cache.evict(KEY)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> cache.storeValue(value())).isInstanceOf(StorageException.class);
    }

    @Test
    void openingIsTriedAgainAfterAMinute() throws Exception {
        Path place = Files.writeString(directory.resolve("store"), "x");
        TravelledCache cache = cacheAt(place);
        assertThat(cache.failure()).isNotNull();
        Files.delete(place);

        assertThat(cache.failure()).isNotNull();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(cache.failure()).isNull();
        assertThat(cache.storeValue(value())).isEqualTo(value().address());
    }

    @Test
    void aBrokenConfigurationIsTroubleOfThisCacheOnly() {
        TravelledCache cache = cacheOf(CacheConfig.of("no such type"));

        assertThat(Objects.requireNonNull(cache.failure())).hasMessageContaining("expected a known type of storage");
    }

    @Test
    void closingItClosesItForNobody() {
        TravelledCache cache = cacheAt(directory);
        cache.storeValue(value());

        cache.close();

        assertThat(cache.findValue(value().address(), TypeContext.empty())).isInstanceOf(Lookup.Hit.class);
    }

    @Test
    void theConfigurationOfAViewOpensAView() {
        try (Cache cache = Cache.files(directory);
                Cache view = Cache.open(cache.readOnly().config().orElseThrow())) {
            assertThatThrownBy(() -> view.storeValue(value()))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("the cache is read-only");
            assertThat(view.config()).isEqualTo(cache.readOnly().config());
        }
    }

    @Test
    void aConfigurationThatIsNotReadOnlyOpensTheWhole() {
        CacheConfig config = CacheConfig.of("files").with("path", directory.toString());
        try (Cache whole = Cache.open(config.with(CacheConfig.READ_ONLY, "false"))) {
            assertThat(whole.storeValue(value())).isEqualTo(value().address());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Cache.open(config.with(CacheConfig.READ_ONLY, "maybe")));
        }
    }

    @Test
    void theConfigurationOfTheVoidOpensIt() {
        assertThat(Cache.open(CacheConfig.of("void"))).isSameAs(Cache.voidCache());
        assertThat(TravelledCache.of(CacheConfig.of("void"))).isSameAs(Cache.voidCache());
    }

    @Test
    void theConfigurationOfAMemoryCacheLeadsToItWhileItIsOpen() {
        Cache memory = Cache.memory();
        CacheConfig config = memory.config().orElseThrow();
        assertThat(memory.config()).isEqualTo(Optional.of(config));
        assertThat(Cache.memory().config()).isNotEqualTo(Optional.of(config));

        try (Cache handle = Cache.open(config)) {
            handle.storeValue(value());
        }

        assertThat(memory.findValue(value().address(), TypeContext.empty())).isInstanceOf(Lookup.Hit.class);
        memory.close();
        assertThatThrownBy(() -> Cache.open(config))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is closed");
    }

    private static WeakReference<Cache> askedForItsConfiguration() {
        Cache memory = Cache.memory();
        assertThat(TravelledCache.of(memory.config().orElseThrow()).isVoid()).isFalse();
        return new WeakReference<>(memory);
    }

    @Test
    void aMemoryCacheOutOfUseGoesAlthoughItTravelled() {
        WeakReference<Cache> memory = askedForItsConfiguration();

        for (int i = 0; i < 500 && memory.get() != null; i++) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(memory.get()).isNull();
    }

    private CacheConfig configOf(String store) {
        return CacheConfig.of("files").with("path", directory.resolve(store).toString());
    }

    /** Looks up in a store through its configuration alone, and returns what {@code keep} makes of that. */
    private <T> T asked(String store, Function<Cache, T> keep) {
        Cache cache = TravelledCache.of(configOf(store));
        assertThat(cache.find(KEY, TypeContext.empty())).isInstanceOf(Lookup.Miss.class);
        return keep.apply(cache);
    }

    /** Returns whether a store was closed since it was asked: what is opened has counted nothing. */
    private boolean isClosed(String store) {
        try (Cache cache = Cache.open(configOf(store))) {
            return cache.stats().misses() == 0;
        }
    }

    @Test
    void cachesOutOfUseAreClosedAndTheLatestStayOpen() {
        for (int i = 0; i < 40; i++) {
            asked("store" + i, Cache::isVoid);
        }

        for (int i = 0; i < 500 && !IntStream.range(0, 20).allMatch(old -> isClosed("store" + old)); i++) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(IntStream.range(0, 20)).allMatch(old -> isClosed("store" + old));
        assertThat(IntStream.range(25, 40)).noneMatch(late -> isClosed("store" + late));
    }

    @Test
    void aCacheIsNotClosedUnderWhatItReturned() {
        try (Cache cache = Cache.open(configOf("kept"))) {
            TWICE.in(cache).apply(2);
        }
        Query<Object> query = asked("kept", Cache::query);
        Cache direct = asked("direct", Function.identity());
        for (int i = 0; i < 40; i++) {
            asked("store" + i, Cache::isVoid);
        }

        for (int i = 0; i < 500 && !isClosed("store0"); i++) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(isClosed("store0")).isTrue();
        assertThat(query.count()).isEqualTo(1);
        assertThat(isClosed("kept")).isFalse();
        assertThat(direct.stats().misses()).isEqualTo(1);
        assertThat(isClosed("direct")).isFalse();
    }

    static int twice(int x) {
        return 2 * x;
    }

    private static final Memo1<Integer, Integer> TWICE = Fleche.of(TravelledCacheTest::twice);

    @Test
    void aLinkToADirectoryIsNamedByTheDirectory() throws Exception {
        Path store = Files.createDirectory(directory.resolve("store"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), store);
        try (Cache cache = Cache.open(link)) {
            assertThat(cache.config().orElseThrow().options())
                    .containsEntry("path", store.toRealPath().toString());
        }
    }
}
