package dev.fleche.storage;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordFilter;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A storage of call records under their keys.
 *
 * <p>Every write is atomic: readers see the old record, the new one or none, also in other processes where the storage
 * is shared, and after a crash. A record that is read is checked, and that it is the one asked for, before it is
 * returned. Methods may block on I/O, leave a pending interrupt set, and are neither changed by one nor fail because of
 * one. Safe for use by several threads; implementations say who else may share them.
 */
public interface CallStorage extends AutoCloseable {

    /**
     * A note that a call is being prepared and that its values are needed, although no record names them yet.
     *
     * <p>Ends when it is closed, or when its owner's process dies. Closing never throws and is idempotent.
     */
    interface Admission extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Finds the record of {@code key}.
     *
     * <p>Damaged or foreign bytes are a miss with reason {@code DAMAGED}, trouble of the storage one with
     * {@code UNAVAILABLE}; neither throws.
     */
    Lookup<CallRecord> find(Digest key);

    /** Returns whether there is an entry for {@code key}, without checking it; false if the storage cannot be asked. */
    boolean contains(Digest key);

    /**
     * Stores {@code record} unless there is an entry for its key, sound or not, and returns whether it was stored.
     *
     * <p>Of several that store at once, also from several processes, exactly one succeeds where the storage can be
     * shared between them.
     *
     * @throws StorageException if it cannot be written; then nothing of it remains
     */
    boolean putIfAbsent(CallRecord record);

    /**
     * Stores {@code record} in place of whatever is there for its key.
     *
     * @throws StorageException if it cannot be written; then what was there remains
     */
    void replace(CallRecord record);

    /**
     * Removes the record of {@code key}, sound or not, and returns whether there was one.
     *
     * @throws StorageException if it cannot be removed
     */
    boolean remove(Digest key);

    /**
     * Returns the keys of all entries, sound or not, in no order, weakly consistent with writers; the stream must be
     * closed.
     *
     * @throws StorageException if they cannot be listed
     */
    Stream<Digest> keys();

    /**
     * Returns all sound records, in no order, weakly consistent with writers; the stream is lazy and must be closed.
     *
     * <p>A damaged record is passed over and logged once.
     *
     * @throws StorageException if they cannot be listed
     */
    Stream<CallRecord> records();

    /**
     * Returns the sound records that {@code filter} accepts, as {@link #records()} does; a storage that can select them
     * without reading all does so.
     *
     * @throws StorageException if they cannot be listed
     */
    default Stream<CallRecord> records(RecordFilter filter) {
        return records().filter(filter::accepts);
    }

    /**
     * Notes that {@code values} belong to the call {@code key}, whose record is not yet stored.
     *
     * @throws StorageException if the note cannot be written
     */
    Admission admit(Digest key, Set<Address> values);

    /** Releases what the storage holds; what was stored before is kept if the storage is persistent. Idempotent. */
    @Override
    void close();
}
