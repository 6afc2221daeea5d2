package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.CacheStats;
import dev.fleche.cache.FutureFlights;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.NotCachedException;
import dev.fleche.cache.PreparedCall;
import dev.fleche.cache.SingleFlight;
import dev.fleche.cache.Verification;
import dev.fleche.cache.VerifyReport;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import java.io.NotSerializableException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache that came as its configuration, from this process or another.
 *
 * <p>Opened when it is first used, and closed once nothing refers to it or to what it returned. If it cannot be opened,
 * every look-up is a miss and nothing is stored, until a later attempt, at most one a minute, succeeds. Safe for use by
 * several threads.
 */
final class TravelledCache implements Cache {

    private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

    /** Stands for a cache that stays where it is; nothing opens it. */
    private static final CacheConfig STAYING = CacheConfig.of("memory").with("id", "stays");

    private static final String STAYS = "the cache of their scope stays in the process that submitted them; use one"
            + " that both can open, such as Cache.open(path)";

    private final CacheConfig config;
    private final LongSupplier nanoTime;
    private final SingleFlight flights = new SingleFlight();
    private final FutureFlights futureFlights = new FutureFlights();
    private final TravelledCaches.Opened opened;
    private volatile @Nullable StorageException failure;
    private long failedNanos;

    TravelledCache(CacheConfig config, TravelledCaches.Opened opened, LongSupplier nanoTime) {
        this.config = config;
        this.opened = opened;
        this.nanoTime = nanoTime;
    }

    /** Returns the cache that a configuration describes; nothing is opened yet. */
    static Cache of(CacheConfig config) {
        if (Cache.voidCache().config().equals(Optional.of(config))) {
            return Cache.voidCache();
        }
        return config.isLocal()
                ? new TravelledCache(config, new TravelledCaches.Opened(config), System::nanoTime)
                : TravelledCaches.get(config);
    }

    /** Returns whether another process opens the same store as {@code cache}. */
    static boolean travels(Cache cache) {
        return !cache.isVoid()
                && cache.config().filter(config -> !config.isLocal()).isPresent();
    }

    /** Returns what stands in another process for a cache that stays in this one: it can never be opened. */
    static Cache staying() {
        return of(STAYING);
    }

    /** Returns the cache that stands for this one, which cannot be opened; trouble with this one is told of both. */
    TravelledCache standIn(Cache cache) {
        TravelledCaches.Opened instead = new TravelledCaches.Opened(config);
        instead.set(cache);
        TravelledCache standIn = new TravelledCache(config, instead, nanoTime);
        standIn.failure = failure;
        return standIn;
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
                    + " Cache.open returns, or submit the memoised call itself as a Call through Fleche.wrap, which"
                    + " looks up and stores on the submitting side");
        }
        return config.get();
    }

    /** Returns why the cache cannot be opened now, or null if it is open; opens it if that was not tried lately. */
    @Nullable
    StorageException failure() {
        Cache unused = open();
        return failure;
    }

    /** Returns whether there is a cache to ask: this one, or what stands for it. */
    boolean isOpen() {
        return open() != null;
    }

    /** Returns what one warning is enough for: all memory caches of other processes, or this cache. */
    String kind() {
        return config.isLocal() ? config.type() : config.toString();
    }

    private @Nullable Cache open() {
        Cache cache = opened.cache();
        return cache != null ? cache : tryToOpen();
    }

    private synchronized @Nullable Cache tryToOpen() {
        boolean failedLately = failure != null && nanoTime.getAsLong() - failedNanos < RETRY_NANOS;
        if (opened.cache() == null && !failedLately) {
            try {
                opened.set(openConfig());
                failure = null;
            } catch (StorageException e) {
                fail(e);
            } catch (Exception | LinkageError | StackOverflowError e) {
                fail(new StorageException("the cache " + config + " cannot be opened: " + e.getMessage(), e));
            }
        }
        return opened.cache();
    }

    private Cache openConfig() {
        if (config.equals(STAYING)) {
            throw new StorageException(STAYS);
        }
        return Cache.open(config);
    }

    private void fail(StorageException e) {
        failure = e;
        failedNanos = nanoTime.getAsLong();
    }

    /** Asks the opened cache, which is not closed meanwhile though nobody may refer to this one any more. */
    private <T> T ask(Function<Cache, T> question, Supplier<T> otherwise) {
        try {
            Cache cache = open();
            return cache == null ? otherwise.get() : question.apply(cache);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private <T> T askRequired(Function<Cache, T> question) {
        return ask(question, () -> {
            throw new StorageException(reason());
        });
    }

    private String reason() {
        StorageException known = failure;
        return known == null ? "the cache is not open" : String.valueOf(known.getMessage());
    }

    private Lookup<@Nullable Object> unavailable() {
        return Lookup.miss(Lookup.Reason.UNAVAILABLE, reason());
    }

    @Override
    public Lookup<@Nullable Object> find(Digest key, TypeContext context) {
        return ask(cache -> cache.find(key, context), this::unavailable);
    }

    @Override
    public PreparedCall prepare(KeyedCall call) {
        return askRequired(cache -> cache.prepare(call));
    }

    @Override
    public boolean contains(Digest key) {
        return ask(cache -> cache.contains(key), () -> false);
    }

    @Override
    public RecordedCall<Object> load(Digest key, TypeContext context) {
        return kept(ask(cache -> cache.load(key, context), () -> {
            throw new NotCachedException("no usable record has the key " + key + ": " + reason());
        }));
    }

    @Override
    public Lookup<@Nullable Object> findValue(Address address, TypeContext context) {
        return ask(cache -> cache.findValue(address, context), this::unavailable);
    }

    @Override
    public Address storeValue(Value value) {
        return askRequired(cache -> cache.storeValue(value));
    }

    @Override
    public boolean file(CallRecord record, TypeContext context, boolean replaces) {
        return askRequired(cache -> cache.file(record, context, replaces));
    }

    @Override
    public boolean evict(Digest key) {
        return askRequired(cache -> cache.evict(key));
    }

    @Override
    public Query<Object> query(TypeContext context) {
        Query<Object> query = askRequired(cache -> cache.query(context));
        return Query.of(() -> query.stream().map(this::kept));
    }

    /** Makes a recorded call, whose values are loaded later, refer to this cache. */
    private RecordedCall<Object> kept(RecordedCall<Object> call) {
        return call.returning(this::same);
    }

    /** Returns the result, as a function that refers to this cache. */
    private @Nullable Object same(@Nullable Object result) {
        return result;
    }

    @Override
    public VerifyReport verify(Verification how) {
        return askRequired(cache -> cache.verify(how));
    }

    @Override
    public CacheStats stats() {
        Cache cache = opened.cache();
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
