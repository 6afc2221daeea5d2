package dev.fleche.benchmarks.stores;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import org.jspecify.annotations.Nullable;

/** A call storage of ours: what is read is a whole call record, checked and decoded, with a result of 200 bytes. */
final class FlecheStore implements Store<Digest, CallRecord> {

    private final Storages storages;
    private @Nullable CallRecord first;

    private FlecheStore(Storages storages) {
        this.storages = storages;
    }

    static FlecheStore open(CacheConfig config) {
        return new FlecheStore(StorageProviders.open(config));
    }

    @Override
    public Digest key(int number) {
        return Entries.VALUE.digest(number);
    }

    /** Returns the first record under another key: as long, and as good as any other. */
    @Override
    public CallRecord entry(int number) {
        CallRecord pattern = first == null ? require(storages.calls().find(key(0))) : first;
        first = pattern;
        return pattern.renamed(key(number), pattern.function());
    }

    @Override
    public int read(Digest key) {
        Lookup<CallRecord> found = storages.calls().find(key);
        if (found instanceof Lookup.Miss<CallRecord> miss && miss.reason() == Lookup.Reason.ABSENT) {
            return -1;
        }
        return require(found).result() instanceof StoredValue.Inline inline
                ? inline.value().size()
                : 0;
    }

    @Override
    public void put(CallRecord record) {
        if (!storages.calls().putIfAbsent(record)) {
            throw new IllegalStateException("expected no record of " + record.key() + ", found one");
        }
    }

    @Override
    public void close() {
        storages.calls().close();
        storages.values().close();
        storages.locks().close();
    }

    private static CallRecord require(Lookup<CallRecord> found) {
        if (found instanceof Lookup.Hit<CallRecord> hit) {
            return hit.value();
        }
        throw new IllegalStateException("expected a record, found " + found);
    }
}
