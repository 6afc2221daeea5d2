package dev.fleche.lmdb;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.ValueStorage;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value storage of one entry for each small value, and one file for each large one. */
final class LmdbValueStorage implements ValueStorage {

    private final LmdbStore store;
    private final Engine engine;
    private final ValueStorage files;
    private final int largeValueBytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    LmdbValueStorage(LmdbStore store, int largeValueBytes) {
        this.store = store;
        this.largeValueBytes = largeValueBytes;
        engine = store.engine();
        files = store.directory().values();
    }

    /** What is there is compared with {@code value} in full: reading it costs less than writing it again. */
    @Override
    public void put(Value value) {
        requireOpen();
        if (value.size() >= largeValueBytes) {
            files.put(value);
            return;
        }
        byte[] key = key(value.address());
        long seconds = Instant.now().getEpochSecond();
        byte @Nullable [] found = engine.get(Area.VALUES, key);
        if (found == null || !ValueEntry.isFresh(found, value, seconds)) {
            byte[] entry = ValueEntry.of(value, seconds);
            engine.write(target -> {
                target.put(Area.VALUES, key, entry);
                return true;
            });
        }
    }

    @Override
    public Lookup<Value> find(Address address) {
        if (closed.get()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the value storage is closed");
        }
        Lookup<Value> small = findEntry(address);
        return small instanceof Lookup.Hit<Value> ? small : preferFound(files.find(address), small);
    }

    @Override
    public Lookup<Value> verify(Address address) {
        if (closed.get()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the value storage is closed");
        }
        Lookup<Value> small = findEntry(address);
        return small instanceof Lookup.Hit<Value> ? small : preferFound(files.verify(address), small);
    }

    /** Another limit between small and large may have held when a value was stored, so both places count. */
    private static Lookup<Value> preferFound(Lookup<Value> large, Lookup<Value> small) {
        boolean absent = large instanceof Lookup.Miss<Value> miss && miss.reason() == Reason.ABSENT;
        return absent ? small : large;
    }

    private Lookup<Value> findEntry(Address address) {
        byte @Nullable [] entry;
        try {
            entry = engine.get(Area.VALUES, key(address));
        } catch (StorageException e) {
            return LmdbStore.unavailable(e);
        }
        return entry == null
                ? Lookup.absent()
                : LmdbStore.at(Area.VALUES, address.sha256(), ValueEntry.read(entry, address));
    }

    @Override
    public boolean contains(Address address) {
        try {
            return !closed.get() && (engine.get(Area.VALUES, key(address)) != null || files.contains(address));
        } catch (StorageException e) {
            return false;
        }
    }

    @Override
    public boolean remove(Address address) {
        requireOpen();
        boolean small = engine.get(Area.VALUES, key(address)) != null
                && engine.write(new Removal(Area.VALUES, address.sha256()));
        return files.remove(address) || small;
    }

    @Override
    public Stream<Address> addresses() {
        requireOpen();
        return Stream.concat(
                store.keys(Area.VALUES).map(Address::new), files.addresses().filter(this::isOnlyFile));
    }

    private boolean isOnlyFile(Address address) {
        return engine.get(Area.VALUES, key(address)) == null;
    }

    private static byte[] key(Address address) {
        return address.sha256().toBytes();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StorageException(
                    "the value storage in " + store.directory().root() + " is closed; open it again");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            store.close();
        }
    }
}
