package dev.fleche.storage;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import java.util.stream.Stream;

/**
 * A storage of values under their addresses.
 *
 * <p>Every write is atomic: readers see all of a value or none, also in other processes where the storage is shared,
 * and after a crash. Whatever is read is checked against its address before it is returned. Methods may block on I/O,
 * leave a pending interrupt set, and are neither changed by one nor fail because of one. Safe for use by several
 * threads; implementations say who else may share them.
 */
public interface ValueStorage extends AutoCloseable {

    /**
     * Stores {@code value} under its address.
     *
     * <p>Storing a value already present refreshes its time and changes nothing else, unless what is there is damaged:
     * then it is replaced.
     *
     * @throws StorageException if it cannot be written; then nothing of it remains
     */
    void put(Value value);

    /**
     * Finds the value at {@code address}.
     *
     * <p>Damaged or foreign bytes are a miss with reason {@code DAMAGED}, trouble of the storage one with
     * {@code UNAVAILABLE}; neither throws.
     */
    Lookup<Value> find(Address address);

    /**
     * Finds the value at {@code address} as {@link #find} does, and checks all of it, whatever its size.
     *
     * <p>Where {@code find} checks a large value less than in full, this one reads it again in full.
     */
    default Lookup<Value> verify(Address address) {
        Lookup<Value> found = find(address);
        return found instanceof Lookup.Hit<Value> hit && !hit.value().address().equals(address)
                ? Lookup.miss(
                        Lookup.Reason.DAMAGED, "has the address " + hit.value().address())
                : found;
    }

    /**
     * Returns whether there is an entry at {@code address}, without reading it; false if the storage cannot be asked.
     */
    boolean contains(Address address);

    /**
     * Removes the value at {@code address} and returns whether there was one.
     *
     * @throws StorageException if it cannot be removed
     */
    boolean remove(Address address);

    /**
     * Returns the addresses of all entries, in no order, weakly consistent with writers; the stream must be closed.
     *
     * @throws StorageException if they cannot be listed
     */
    Stream<Address> addresses();

    /** Releases what the storage holds; what was stored before is kept if the storage is persistent. Idempotent. */
    @Override
    void close();
}
