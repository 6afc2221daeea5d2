package dev.fleche.cache;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.record.RecordedCall;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Storages;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A cache made of a value storage and a call storage. */
final class StoreCache implements Cache {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.cache");

    private final Storages storages;
    private final Optional<CacheConfig> config;
    private final ProcessLocks locks;
    private final SingleFlight flights;
    private final FutureFlights futureFlights;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private volatile boolean closed;

    StoreCache(Storages storages, Optional<CacheConfig> config) {
        this.storages = storages;
        this.config = config;
        locks = ProcessLocks.of(storages.locks());
        RunningFlights running = new RunningFlights();
        flights = new SingleFlight(running, locks);
        futureFlights = new FutureFlights(running, locks);
    }

    @Override
    public Lookup<@Nullable Object> find(Digest key, TypeContext context) {
        if (closed) {
            return count(closedMiss());
        }
        Lookup<CallRecord> found = storages.calls().find(key);
        if (found instanceof Lookup.Miss<CallRecord> miss) {
            return count(miss.cast());
        }
        CallRecord record = ((Lookup.Hit<CallRecord>) found).value();
        Lookup<Value> result = resultOf(record);
        if (result instanceof Lookup.Miss<Value> miss) {
            return count(miss.cast());
        }
        Lookup<@Nullable Object> decoded = decodeResult(((Lookup.Hit<Value>) result).value(), context);
        if (decoded instanceof Lookup.Miss<@Nullable Object> miss) {
            return count(miss);
        }
        hits.increment();
        locks.note(record.function(), record.wallTime());
        return decoded;
    }

    private static Lookup<@Nullable Object> decodeResult(Value value, TypeContext context) {
        Lookup<@Nullable Object> decoded = decode(value, context);
        if (decoded instanceof Lookup.Hit<@Nullable Object> hit
                && hit.value() != null
                && !context.isResult(hit.value())) {
            return Lookup.miss(
                    Lookup.Reason.UNDECODABLE,
                    "expected a result of type " + context.resultType().getName() + ", found one of type "
                            + hit.value().getClass().getName());
        }
        return decoded;
    }

    @SuppressWarnings("NullAway") // null is a value like any other
    private static Lookup<@Nullable Object> decode(Value value, TypeContext context) {
        try {
            return Lookup.hit(Codecs.standard().decode(value, context));
        } catch (CodecException e) {
            return Lookup.miss(Lookup.Reason.UNDECODABLE, String.valueOf(e.getMessage()));
        }
    }

    private Lookup<Value> resultOf(CallRecord record) {
        if (record.result() instanceof StoredValue.Inline inline) {
            return Lookup.hit(inline.value());
        }
        StoredValue.Separate separate = (StoredValue.Separate) record.result();
        Lookup<Value> found = storages.values().find(separate.address());
        return found instanceof Lookup.Miss<Value> miss && miss.reason() == Lookup.Reason.ABSENT
                ? Lookup.miss(Lookup.Reason.VALUE_LOST, "the value " + separate.address() + " is gone")
                : found;
    }

    private Lookup<@Nullable Object> count(Lookup.Miss<@Nullable Object> miss) {
        misses.increment();
        if (miss.reason() != Lookup.Reason.ABSENT) {
            damaged.increment();
        }
        return miss;
    }

    @Override
    public PreparedCall prepare(KeyedCall call) {
        if (closed) {
            throw new StorageException("the cache is closed; open it again");
        }
        try {
            return StorePreparedCall.prepare(this, storages, call);
        } catch (StorageException e) {
            failures.increment();
            throw e;
        }
    }

    void committed(FunctionId function, Duration run) {
        commits.increment();
        locks.note(function, run);
    }

    void failed() {
        failures.increment();
    }

    /** Returns whether the result of a record that is already there can still be had. */
    boolean isUsable(CallRecord record, TypeContext context) {
        return resultOf(record) instanceof Lookup.Hit<Value> hit
                && decodeResult(hit.value(), context) instanceof Lookup.Hit<@Nullable Object>;
    }

    @Override
    public boolean contains(Digest key) {
        return !closed && storages.calls().contains(key);
    }

    @Override
    public RecordedCall<Object> load(Digest key, TypeContext context) {
        Lookup<CallRecord> found =
                closed ? closedMiss().cast() : storages.calls().find(key);
        if (found instanceof Lookup.Miss<CallRecord> miss) {
            throw new NotCachedException(
                    "no usable record has the key " + key + (miss.detail().isEmpty() ? "" : ": " + miss.detail()));
        }
        return recorded(((Lookup.Hit<CallRecord>) found).value(), context);
    }

    @Override
    public Lookup<@Nullable Object> findValue(Address address, TypeContext context) {
        if (closed) {
            return closedMiss();
        }
        Lookup<Value> value = storages.values().find(address);
        return value instanceof Lookup.Miss<Value> miss
                ? miss.cast()
                : decode(((Lookup.Hit<Value>) value).value(), context);
    }

    @Override
    public Address storeValue(Value value) {
        if (closed) {
            throw new StorageException("the cache is closed; open it again");
        }
        try {
            storages.values().put(value);
        } catch (StorageException e) {
            failures.increment();
            throw e;
        }
        return value.address();
    }

    @Override
    public boolean file(CallRecord record, TypeContext context, boolean replaces) {
        if (closed) {
            throw new StorageException("the cache is closed; open it again");
        }
        try {
            if (!replaces && storages.calls().putIfAbsent(record)) {
                return true;
            }
            if (!replaces && isUsable(storages.calls().find(record.key()), context)) {
                return false;
            }
            storages.calls().replace(record);
            return true;
        } catch (StorageException e) {
            failures.increment();
            throw e;
        }
    }

    private boolean isUsable(Lookup<CallRecord> found, TypeContext context) {
        return found instanceof Lookup.Hit<CallRecord> hit && isUsable(hit.value(), context);
    }

    @Override
    public boolean evict(Digest key) {
        if (closed) {
            throw new StorageException("the cache is closed, so the record " + key + " is not removed");
        }
        boolean removed = storages.calls().remove(key);
        if (removed) {
            evictions.increment();
        }
        return removed;
    }

    @Override
    public Query<Object> query(TypeContext context) {
        return Query.of(() -> {
            if (closed) {
                throw new StorageException("the cache is closed, so its records cannot be listed");
            }
            return storages.calls().records().map(record -> recorded(record, context));
        });
    }

    private RecordedCall<Object> recorded(CallRecord record, TypeContext context) {
        return new RecordedCall<>(record, address -> storages.values().find(address), context);
    }

    private static Lookup.Miss<@Nullable Object> closedMiss() {
        return new Lookup.Miss<>(Lookup.Reason.UNAVAILABLE, "the cache is closed");
    }

    @Override
    public VerifyReport verify(Verification how) {
        requireOpenToVerify();
        VerifyReport report = new StoreVerifier(storages, how, System::nanoTime).verify();
        // what a closed storage does not find is no flaw
        requireOpenToVerify();
        return report;
    }

    private void requireOpenToVerify() {
        if (closed) {
            throw new StorageException("the cache is closed, so it is not verified");
        }
    }

    @Override
    public CacheStats stats() {
        return new CacheStats(hits.sum(), misses.sum(), damaged.sum(), commits.sum(), failures.sum(), evictions.sum());
    }

    @Override
    public Optional<CacheConfig> config() {
        return config.map(known -> known.isLocal() ? MemoryCaches.configOf(this, known) : known);
    }

    boolean isClosed() {
        return closed;
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
        return false;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        closeQuietly(storages.calls(), "call storage");
        closeQuietly(storages.values(), "value storage");
        closeQuietly(storages.locks(), "key locks");
    }

    private static void closeQuietly(AutoCloseable part, String name) {
        try {
            part.close();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "the " + name + " did not close cleanly", e);
        }
    }
}
