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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A handle on a store that other handles may share. */
final class CacheHandle implements Cache {

    private final StoreCache cache;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    CacheHandle(StoreCache cache, Runnable release) {
        this.cache = cache;
        this.release = release;
    }

    @Override
    public Lookup<@Nullable Object> find(Digest key, TypeContext context) {
        return closed.get() ? Lookup.miss(Lookup.Reason.UNAVAILABLE, "the cache is closed") : cache.find(key, context);
    }

    @Override
    public PreparedCall prepare(KeyedCall call) {
        requireOpen("nothing is stored");
        return cache.prepare(call);
    }

    @Override
    public boolean contains(Digest key) {
        return !closed.get() && cache.contains(key);
    }

    @Override
    public RecordedCall<Object> load(Digest key, TypeContext context) {
        if (closed.get()) {
            throw new NotCachedException("the cache is closed, so the record " + key + " is not loaded");
        }
        return cache.load(key, context);
    }

    @Override
    public Lookup<@Nullable Object> findValue(Address address, TypeContext context) {
        return closed.get()
                ? Lookup.miss(Lookup.Reason.UNAVAILABLE, "the cache is closed")
                : cache.findValue(address, context);
    }

    @Override
    public Address storeValue(Value value) {
        requireOpen("nothing is stored");
        return cache.storeValue(value);
    }

    @Override
    public boolean file(CallRecord record, TypeContext context, boolean replaces) {
        requireOpen("nothing is stored");
        return cache.file(record, context, replaces);
    }

    @Override
    public boolean evict(Digest key) {
        requireOpen("the record " + key + " is not removed");
        return cache.evict(key);
    }

    @Override
    public Query<Object> query(TypeContext context) {
        requireOpen("its records cannot be listed");
        return cache.query(context);
    }

    private void requireOpen(String consequence) {
        if (closed.get()) {
            throw new StorageException("the cache is closed, so " + consequence);
        }
    }

    @Override
    public VerifyReport verify(Verification how) {
        requireOpen("it is not verified");
        return cache.verify(how);
    }

    @Override
    public CacheStats stats() {
        return cache.stats();
    }

    @Override
    public Optional<CacheConfig> config() {
        return cache.config();
    }

    @Override
    public SingleFlight flights() {
        return cache.flights();
    }

    @Override
    public FutureFlights futureFlights() {
        return cache.futureFlights();
    }

    @Override
    public boolean isVoid() {
        return false;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
