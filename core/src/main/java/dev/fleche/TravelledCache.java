package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.CacheStats;
import dev.fleche.cache.FutureFlights;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.NotCachedException;
import dev.fleche.cache.PreparedCall;
import dev.fleche.cache.SingleFlight;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache that came as its configuration, from this process or another.
 *
 * <p>Opened when it is first used. If it cannot be opened, every look-up is a miss and nothing is stored, until a later
 * attempt, at most one a minute, succeeds. Safe for use by several threads.
 */
final class TravelledCache implements Cache {

    /* Who closes it.
     *
     * A call that came in a stream is dropped when it is done, and nobody would close the cache that came
     * with it. So all that name one configuration share one handle, which stays open until the JVM shuts
     * down. Those on a memory cache share none: they would keep its content from going.
     */
    private static final Map<CacheConfig, TravelledCache> SHARED = new ConcurrentHashMap<>();

    private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

    private final CacheConfig config;
    private final LongSupplier nanoTime;
    private final SingleFlight flights = new SingleFlight();
    private final FutureFlights futureFlights = new FutureFlights();
    private volatile @Nullable Cache opened;
    private volatile @Nullable StorageException failure;
    private long failedNanos;

    TravelledCache(CacheConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** Returns the cache that a configuration describes; nothing is opened yet. */
    static Cache of(CacheConfig config) {
        if (Cache.voidCache().config().equals(Optional.of(config))) {
            return Cache.voidCache();
        }
        return config.isLocal()
                ? new TravelledCache(config, System::nanoTime)
                : SHARED.computeIfAbsent(config, unknown -> new TravelledCache(unknown, System::nanoTime));
    }

    /**
     * Returns the configuration as which a cache travels.
     *
     * @throws NotSerializableException if it has none; the message names the way out
     */
    static CacheConfig configOf(Cache cache) throws NotSerializableException {
        Optional<CacheConfig> config = cache.config();
        if (config.isEmpty()) {
            throw new NotSerializableException("expected a cache that another process can open, found one that holds"
                    + " code, as Cache.of(values, calls) makes them, and has no configuration; use one that"
                    + " Cache.open returns, or submit through Fleche.wrap, which looks up and stores on the submitting"
                    + " side");
        }
        return config.get();
    }

    /** Returns why the cache cannot be opened now, or null if it is open; opens it if that was not tried lately. */
    @Nullable
    StorageException failure() {
        return open() == null ? failure : null;
    }

    /** Returns what one warning is enough for: all memory caches of other processes, or this cache. */
    String kind() {
        return config.isLocal() ? config.type() : config.toString();
    }

    private @Nullable Cache open() {
        Cache cache = opened;
        return cache != null ? cache : tryToOpen();
    }

    private synchronized @Nullable Cache tryToOpen() {
        boolean failedLately = failure != null && nanoTime.getAsLong() - failedNanos < RETRY_NANOS;
        if (opened == null && !failedLately) {
            try {
                opened = Cache.open(config);
                failure = null;
            } catch (StorageException e) {
                fail(e);
            } catch (Exception | LinkageError | StackOverflowError e) {
                fail(new StorageException("the cache " + config + " cannot be opened: " + e.getMessage(), e));
            }
        }
        return opened;
    }

    private void fail(StorageException e) {
        failure = e;
        failedNanos = nanoTime.getAsLong();
    }

    private Cache required() {
        Cache cache = open();
        if (cache == null) {
            throw new StorageException(reason());
        }
        return cache;
    }

    private String reason() {
        StorageException known = failure;
        return known == null ? "the cache is not open" : String.valueOf(known.getMessage());
    }

    @Override
    public Lookup<@Nullable Object> find(Digest key, TypeContext context) {
        Cache cache = open();
        return cache == null ? Lookup.miss(Lookup.Reason.UNAVAILABLE, reason()) : cache.find(key, context);
    }

    @Override
    public PreparedCall prepare(KeyedCall call) {
        return required().prepare(call);
    }

    @Override
    public boolean contains(Digest key) {
        Cache cache = open();
        return cache != null && cache.contains(key);
    }

    @Override
    public RecordedCall<Object> load(Digest key, TypeContext context) {
        Cache cache = open();
        if (cache == null) {
            throw new NotCachedException("no usable record has the key " + key + ": " + reason());
        }
        return cache.load(key, context);
    }

    @Override
    public Lookup<@Nullable Object> findValue(Address address, TypeContext context) {
        Cache cache = open();
        return cache == null ? Lookup.miss(Lookup.Reason.UNAVAILABLE, reason()) : cache.findValue(address, context);
    }

    @Override
    public Address storeValue(Value value) {
        return required().storeValue(value);
    }

    @Override
    public boolean evict(Digest key) {
        return required().evict(key);
    }

    @Override
    public Query<Object> query(TypeContext context) {
        return required().query(context);
    }

    @Override
    public CacheStats stats() {
        Cache cache = opened;
        return cache == null ? new CacheStats(0, 0, 0, 0, 0, 0) : cache.stats();
    }

    @Override
    public Optional<CacheConfig> config() {
        return Optional.of(config);
    }

    @Override
    public SingleFlight flights() {
        Cache cache = open();
        return cache == null ? flights : cache.flights();
    }

    @Override
    public FutureFlights futureFlights() {
        Cache cache = open();
        return cache == null ? futureFlights : cache.futureFlights();
    }

    /** Returns false while it cannot be opened: a strict memo must be told. */
    @Override
    public boolean isVoid() {
        Cache cache = open();
        return cache != null && cache.isVoid();
    }

    @Override
    public void close() {
        // Other calls that came with the same configuration must not notice.
    }

    @Override
    public String toString() {
        return "cache " + config;
    }
}
