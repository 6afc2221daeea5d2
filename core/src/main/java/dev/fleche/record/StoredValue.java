package dev.fleche.record;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;

/** Where the value of an argument or a result is. */
public sealed interface StoredValue {

    /** The largest value, in bytes of its stored encoding, that stands inside a record. */
    int MAX_INLINE_BYTES = 1024;

    /**
     * A value that stands inside the record.
     *
     * @param value the value
     */
    record Inline(Value value) implements StoredValue {}

    /**
     * A value in the value storage.
     *
     * @param address the address under which it is
     * @param sizeBytes the length of its stored encoding
     */
    record Separate(Address address, long sizeBytes) implements StoredValue {}

    /** A value that was not stored: only its digest is known. */
    record NotStored() implements StoredValue {}
}
