package dev.fleche.sql;

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
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A call storage of one row for each record, with its terms in rows of their own. */
final class SqlCallStorage implements CallStorage {

    private static final EntryTable TABLE = EntryTable.CALLS;
    private static final int MAX_NAME = 400;

    private final Database database;
    private final Admissions admissions;
    private final DamageLog damageLog = new DamageLog();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Where the values of calls that are being prepared are noted. */
    interface Admissions {
        Admission admit(Digest key, Set<Address> values);

        /** Ends the use of them; never throws. */
        default void close() {}
    }

    SqlCallStorage(Database database, Admissions admissions) {
        this.database = database;
        this.admissions = admissions;
    }

    Database database() {
        return database;
    }

    @Override
    public Lookup<CallRecord> find(Digest key) {
        if (closed.get()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the call storage is closed");
        }
        try {
            Optional<EntryTable.Entry> entry = database.read(session -> TABLE.find(session, key));
            return entry.isEmpty() ? Lookup.absent() : read(entry.get(), key);
        } catch (StorageException e) {
            return Lookup.miss(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Lookup<CallRecord> read(EntryTable.Entry entry, Digest key) {
        Lookup<CallRecord> found = EntryBytes.readRecord(entry.bytes(), key);
        return found instanceof Lookup.Miss<CallRecord> miss
                ? Lookup.miss(miss.reason(), "the record " + key + " in " + database.place() + " " + miss.detail())
                : found;
    }

    @Override
    public boolean contains(Digest key) {
        try {
            return !closed.get() && database.read(session -> TABLE.contains(session, key));
        } catch (StorageException e) {
            return false;
        }
    }

    @Override
    public boolean putIfAbsent(CallRecord record) {
        requireOpen();
        byte[] bytes = EntryBytes.of(record);
        return database.write(session -> insert(session, record, bytes));
    }

    @Override
    public void replace(CallRecord record) {
        requireOpen();
        byte[] bytes = EntryBytes.of(record);
        database.write(session -> {
            remove(session, record.key());
            if (!insert(session, record, bytes)) {
                // another one has replaced it between the two, which is over when this is tried again
                throw new SQLException("the record was replaced meanwhile", Dialect.LOST_RACE);
            }
            return true;
        });
    }

    @Override
    public boolean remove(Digest key) {
        requireOpen();
        return database.write(session -> remove(session, key));
    }

    private static boolean insert(Session session, CallRecord record, byte[] bytes) throws SQLException {
        OptionalLong id = TABLE.insertIfAbsent(
                session,
                record.key(),
                bytes,
                nameOf(record),
                record.start().getEpochSecond(),
                record.wallTime().toNanos());
        if (id.isEmpty()) {
            return false;
        }
        TermRows.insert(session, RecordTerms.of(record), id.getAsLong());
        return true;
    }

    /** Returns the function's name for people who look at the table: what every database takes as text. */
    private static String nameOf(CallRecord record) {
        String name = record.function().toString();
        StringBuilder clean = new StringBuilder();
        name.codePoints()
                .limit(MAX_NAME)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean remove(Session session, Digest key) throws SQLException {
        Optional<EntryTable.Entry> found = TABLE.find(session, key);
        if (found.isEmpty() || !TABLE.remove(session, found.get().id())) {
            return false;
        }
        long id = found.get().id();
        if (EntryBytes.readRecord(found.get().bytes(), key) instanceof Lookup.Hit<CallRecord> hit) {
            TermRows.remove(session, RecordTerms.of(hit.value()), id);
        } else {
            // what the terms of a damaged record were is not known
            TermRows.removeAll(session, id);
        }
        return true;
    }

    @Override
    public Stream<Digest> keys() {
        requireOpen();
        return database.digests(TABLE);
    }

    @Override
    public Stream<CallRecord> records() {
        return records(RecordFilter.ALL);
    }

    @Override
    public Stream<CallRecord> records(RecordFilter filter) {
        requireOpen();
        RecordSelection selection = database.read(session -> RecordSelection.of(session, filter, TABLE.columns()));
        return Pages.<EntryTable.Entry>stream(last -> {
                    requireOpen();
                    return database.read(session -> selection.pageAfter(session, last));
                })
                .flatMap(this::sound)
                .filter(filter::accepts);
    }

    private Stream<CallRecord> sound(EntryTable.Entry entry) {
        return entry.digest().stream().flatMap(key -> damageLog.sound(key, read(entry, key)));
    }

    @Override
    public Admission admit(Digest key, Set<Address> values) {
        requireOpen();
        return values.isEmpty() ? () -> {} : admissions.admit(key, Set.copyOf(values));
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StorageException("the call storage in " + database.place() + " is closed; open it again");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            admissions.close();
            database.close();
        }
    }
}
