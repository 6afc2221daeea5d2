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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cache that keeps nothing. */
final class VoidCache implements Cache {

    static final CacheConfig CONFIG = CacheConfig.of("void");
    static final VoidCache INSTANCE = new VoidCache();

    private final SingleFlight flights = new SingleFlight();
    private final FutureFlights futureFlights = new FutureFlights();

    private VoidCache() {}

    @Override
    public Lookup<@Nullable Object> find(Digest key, TypeContext context) {
        return Lookup.absent();
    }

    @Override
    public PreparedCall prepare(KeyedCall call) {
        return new PreparedCall() {
            private final Completion completion = new Completion(call.function());

            @Override
            public Outcome commit(Value result, Optional<Digest> resultDigest, Timing timing) {
                completion.commit();
                return Outcome.STORED;
            }

            @Override
            public void abandon() {
                completion.abandon();
            }

            @Override
            public void close() {
                completion.abandon();
            }
        };
    }

    @Override
    public boolean contains(Digest key) {
        return false;
    }

    @Override
    public RecordedCall<Object> load(Digest key, TypeContext context) {
        throw new NotCachedException("no record has the key " + key + ": this cache keeps nothing");
    }

    @Override
    public Lookup<@Nullable Object> findValue(Address address, TypeContext context) {
        return Lookup.absent();
    }

    @Override
    public Address storeValue(Value value) {
        throw new StorageException("this cache keeps nothing");
    }

    @Override
    public boolean file(CallRecord record, TypeContext context, boolean replaces) {
        return false;
    }

    @Override
    public boolean evict(Digest key) {
        return false;
    }

    @Override
    public Query<Object> query(TypeContext context) {
        return Query.of(Stream::empty);
    }

    @Override
    public VerifyReport verify(Verification how) {
        return new VerifyTally(how, System::nanoTime).report(true, 0);
    }

    @Override
    public CacheStats stats() {
        return new CacheStats(0, 0, 0, 0, 0, 0);
    }

    @Override
    public Optional<CacheConfig> config() {
        return Optional.of(CONFIG);
    }

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
        return true;
    }

    @Override
    public void close() {
        // There is nothing to release, and other users of the one instance must not notice.
    }
}
