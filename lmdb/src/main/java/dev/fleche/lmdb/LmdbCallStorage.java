package dev.fleche.lmdb;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import dev.fleche.record.RecordFilter;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.DamageLog;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.RecordTerms;
import dev.fleche.storage.StorageException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call storage of one entry for each record, and one for each of its terms. */
final class LmdbCallStorage implements CallStorage {

    private final LmdbStore store;
    private final Engine engine;
    private final DamageLog damageLog = new DamageLog();
    private final AtomicBoolean closed = new AtomicBoolean();

    LmdbCallStorage(LmdbStore store) {
        this.store = store;
        engine = store.engine();
    }

    @Override
    public Lookup<CallRecord> find(Digest key) {
        if (closed.get()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the call storage is closed");
        }
        byte @Nullable [] entry;
        try {
            entry = engine.get(Area.CALLS, key.toBytes());
        } catch (StorageException e) {
            return LmdbStore.unavailable(e);
        }
        return entry == null ? Lookup.absent() : read(entry, key);
    }

    private static Lookup<CallRecord> read(byte[] entry, Digest key) {
        return LmdbStore.at(Area.CALLS, key, EntryBytes.readRecord(entry, key));
    }

    @Override
    public boolean contains(Digest key) {
        try {
            return !closed.get() && engine.get(Area.CALLS, key.toBytes()) != null;
        } catch (StorageException e) {
            return false;
        }
    }

    @Override
    public boolean putIfAbsent(CallRecord record) {
        requireOpen();
        byte[] key = record.key().toBytes();
        byte[] entry = EntryBytes.of(record);
        Set<Long> terms = RecordTerms.of(record);
        return engine.write(target -> TermIndex.putIfAbsent(target, key, entry, terms));
    }

    @Override
    public void replace(CallRecord record) {
        requireOpen();
        byte[] key = record.key().toBytes();
        byte[] entry = EntryBytes.of(record);
        Set<Long> terms = RecordTerms.of(record);
        engine.write(target -> TermIndex.replace(target, key, entry, terms));
    }

    @Override
    public boolean remove(Digest key) {
        requireOpen();
        return engine.write(new RecordRemoval(key));
    }

    @Override
    public Stream<Digest> keys() {
        requireOpen();
        return store.keys(Area.CALLS);
    }

    @Override
    public Stream<CallRecord> records() {
        return records(RecordFilter.ALL);
    }

    @Override
    public Stream<CallRecord> records(RecordFilter filter) {
        requireOpen();
        RecordSearch search = new RecordSearch(filter);
        return RecordStream.of(from -> {
                    requireOpen();
                    return engine.read(txn -> search.pageFrom(engine.env(), txn, from));
                })
                .flatMap(this::sound)
                .filter(filter::accepts);
    }

    private Stream<CallRecord> sound(RecordPage.Entry entry) {
        if (entry.key().length != Digest.BYTES) {
            return Stream.empty();
        }
        Digest key = Digest.of(entry.key());
        return damageLog.sound(key, read(entry.bytes(), key));
    }

    @Override
    public Admission admit(Digest key, Set<Address> values) {
        requireOpen();
        return store.directory().admit(key, values);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StorageException(
                    "the call storage in " + store.directory().root() + " is closed; open it again");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            store.close();
        }
    }
}
