package dev.fleche.record;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import java.util.Objects;

/** Where the value of an argument or a result is. */
public sealed interface StoredValue {

    /** The largest value, in bytes of its stored encoding, that stands inside a record. */
    int MAX_INLINE_BYTES = 1024;

    /**
     * A value that stands inside the record.
     *
     * @param value the value
     */
    record Inline(Value value) implements StoredValue {

        /** Creates the place of a value inside a record. */
        public Inline {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A value in the value storage.
     *
     * @param address the address under which it is
     * @param sizeBytes the length of its stored encoding
     */
    record Separate(Address address, long sizeBytes) implements StoredValue {

        /** Creates the place of a value in the value storage. */
        public Separate {
            Objects.requireNonNull(address, "address");
            if (sizeBytes < 0) {
                throw new IllegalArgumentException("expected a size of zero or more bytes, found " + sizeBytes);
            }
        }
    }

    /** A value that was not stored: only its digest is known. */
    record NotStored() implements StoredValue {}
}
