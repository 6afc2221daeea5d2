package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.util.Set;
import java.util.stream.Stream;

/** A call storage in memory that runs something before it stores, or lists its records. */
record InterceptedCalls(CallStorage calls, Runnable beforePut, Runnable beforeList) implements CallStorage {

    /** Returns a cache in memory that runs {@code beforePut} before it stores a record. */
    static Cache cache(Runnable beforePut) {
        return cache(beforePut, () -> {});
    }

    /** Returns a cache in memory that runs {@code beforeList} before it lists its records. */
    static Cache listing(Runnable beforeList) {
        return cache(() -> {}, beforeList);
    }

    private static Cache cache(Runnable beforePut, Runnable beforeList) {
        Storages memory = StorageProviders.open(CacheConfig.of("memory"));
        return Cache.of(memory.values(), new InterceptedCalls(memory.calls(), beforePut, beforeList));
    }

    @Override
    public Lookup<CallRecord> find(Digest key) {
        return calls.find(key);
    }

    @Override
    public boolean contains(Digest key) {
        return calls.contains(key);
    }

    @Override
    public boolean putIfAbsent(CallRecord stored) {
        beforePut.run();
        return calls.putIfAbsent(stored);
    }

    @Override
    public void replace(CallRecord stored) {
        beforePut.run();
        calls.replace(stored);
    }

    @Override
    public boolean remove(Digest key) {
        return calls.remove(key);
    }

    @Override
    public Stream<Digest> keys() {
        return calls.keys();
    }

    @Override
    public Stream<CallRecord> records() {
        beforeList.run();
        return calls.records();
    }

    @Override
    public Admission admit(Digest key, Set<Address> values) {
        return calls.admit(key, values);
    }

    @Override
    public void close() {
        calls.close();
    }
}
