package dev.fleche.sql;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.ValueStorage;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A value storage of one row for each value, and more rows for a long one. */
final class SqlValueStorage implements ValueStorage {

    private static final EntryTable TABLE = EntryTable.VALUES;

    /** Far below the time for which collecting spares what is young, and far above the time between two calls. */
    private static final long FRESH_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Database database;
    private final AtomicBoolean closed = new AtomicBoolean();

    SqlValueStorage(Database database) {
        this.database = database;
    }

    /** What is there is compared with {@code value} in full, which costs less than writing it again. */
    @Override
    public void put(Value value) {
        requireOpen();
        Optional<EntryTable.Entry> found =
                database.read(session -> TABLE.find(session, value.address().sha256()));
        boolean sound = found.filter(entry -> Arrays.equals(entry.bytes(), value.encoded()))
                .isPresent();
        if (sound && refresh(found.get())) {
            return;
        }
        database.write(session -> {
            if (found.isPresent() && !sound) {
                TABLE.remove(session, found.get().id());
            }
            // if there is one again, another has stored the same bytes meanwhile
            return TABLE.insertIfAbsent(session, value.address().sha256(), value.encoded(), System.currentTimeMillis());
        });
    }

    /** Returns whether an entry counts as just written; false if it is gone. */
    private boolean refresh(EntryTable.Entry entry) {
        long now = System.currentTimeMillis();
        return entry.position() > now - FRESH_MILLIS
                || database.write(session ->
                        session.update("UPDATE fleche_value SET stored = ? WHERE id = ?", now, entry.id()) > 0);
    }

    @Override
    public Lookup<Value> find(Address address) {
        Lookup<Value> found = findOnce(address);
        // another may have replaced or removed a long value between the reading of its parts
        return found instanceof Lookup.Miss<Value> miss && miss.reason() == Reason.DAMAGED ? findOnce(address) : found;
    }

    private Lookup<Value> findOnce(Address address) {
        if (closed.get()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the value storage is closed");
        }
        try {
            Optional<EntryTable.Entry> entry = database.read(session -> TABLE.find(session, address.sha256()));
            return entry.isEmpty() ? Lookup.absent() : read(entry.get(), address);
        } catch (StorageException e) {
            return Lookup.miss(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Lookup<Value> read(EntryTable.Entry entry, Address address) {
        Lookup<Value> found = EntryBytes.readValue(entry.bytes(), address);
        return found instanceof Lookup.Miss<Value> miss
                ? Lookup.miss(miss.reason(), "the value " + address + " in " + database.place() + " " + miss.detail())
                : found;
    }

    @Override
    public boolean contains(Address address) {
        try {
            return !closed.get() && database.read(session -> TABLE.contains(session, address.sha256()));
        } catch (StorageException e) {
            return false;
        }
    }

    @Override
    public boolean remove(Address address) {
        requireOpen();
        return database.write(session -> {
            Optional<Long> id = TABLE.idOf(session, address.sha256());
            return id.isPresent() && TABLE.remove(session, id.get());
        });
    }

    @Override
    public Stream<Address> addresses() {
        requireOpen();
        return database.digests(TABLE).map(Address::new);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StorageException("the value storage in " + database.place() + " is closed; open it again");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            database.close();
        }
    }
}
