package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordFilter;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A call storage in memory that runs something before it stores, or lists its records. */
record InterceptedCalls(CallStorage calls, Runnable beforePut, Consumer<RecordFilter> beforeList)
        implements CallStorage {

    /** Returns a cache in memory that runs {@code beforePut} before it stores a record. */
    static Cache cache(Runnable beforePut) {
        return cache(beforePut, wanted -> {});
    }

    /** Returns a cache in memory that runs {@code beforeList} before it lists its records. */
    static Cache listing(Runnable beforeList) {
        return asked(wanted -> beforeList.run());
    }

    /** Returns a cache in memory that tells {@code asked} which records it is asked for, before it lists them. */
    static Cache asked(Consumer<RecordFilter> asked) {
        return cache(() -> {}, asked);
    }

    private static Cache cache(Runnable beforePut, Consumer<RecordFilter> beforeList) {
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
        return records(RecordFilter.ALL);
    }

    @Override
    public Stream<CallRecord> records(RecordFilter filter) {
        beforeList.accept(filter);
        return calls.records(filter);
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
