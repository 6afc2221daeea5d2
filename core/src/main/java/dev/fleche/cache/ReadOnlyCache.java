package dev.fleche.cache;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A view of a cache that finds and never stores or removes. */
final class ReadOnlyCache implements Cache {

    private final Cache cache;
    private final SingleFlight flights;
    private final FutureFlights futureFlights;

    ReadOnlyCache(Cache cache) {
        this.cache = cache;
        flights = cache.flights().withoutLocks();
        futureFlights = cache.futureFlights().withoutLocks();
    }

    @Override
    public Lookup<@Nullable Object> find(Digest key, TypeContext context) {
        return cache.find(key, context);
    }

    @Override
    public PreparedCall prepare(KeyedCall call) {
        throw new StorageException("the cache is read-only");
    }

    @Override
    public boolean contains(Digest key) {
        return cache.contains(key);
    }

    @Override
    public RecordedCall<Object> load(Digest key, TypeContext context) {
        return cache.load(key, context);
    }

    @Override
    public Lookup<@Nullable Object> findValue(Address address, TypeContext context) {
        return cache.findValue(address, context);
    }

    @Override
    public Address storeValue(Value value) {
        throw new StorageException("the cache is read-only");
    }

    @Override
    public boolean file(CallRecord record, TypeContext context, boolean replaces) {
        throw new StorageException("the cache is read-only");
    }

    @Override
    public boolean evict(Digest key) {
        throw new StorageException("the cache is read-only, so the record " + key + " is not removed");
    }

    @Override
    public Query<Object> query(TypeContext context) {
        return cache.query(context);
    }

    @Override
    public VerifyReport verify(Verification how) {
        if (how.repairs()) {
            throw new StorageException("the cache is read-only, so nothing in it is repaired; verify it with"
                    + " Verification.checking(), or open it for writing");
        }
        return cache.verify(how);
    }

    @Override
    public CacheStats stats() {
        return cache.stats();
    }

    @Override
    public Optional<CacheConfig> config() {
        return cache.config().map(config -> config.with(CacheConfig.READ_ONLY, "true"));
    }

    /** Returns flights without locks: who waits in another process would not find the result stored. */
    @Override
    public SingleFlight flights() {
        return flights;
    }

    @Override
    public FutureFlights futureFlights() {
        return futureFlights;
    }

    @Override
    public boolean isVoid() {
        return cache.isVoid();
    }

    @Override
    public void close() {
        cache.close();
    }
}
