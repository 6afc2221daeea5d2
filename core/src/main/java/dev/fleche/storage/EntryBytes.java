package dev.fleche.storage;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.CallRecordFormat;
import dev.fleche.record.Lookup;

/** Records and values as byte arrays, for storages that keep them as entries of an engine. */
public final class EntryBytes {

    private EntryBytes() {}

    /**
     * Returns the stored form of {@code record}.
     *
     * @throws StorageException if it has none, since it is too long for instance
     */
    public static byte[] of(CallRecord record) {
        try {
            return CallRecordFormat.encode(record);
        } catch (CodecException e) {
            throw new StorageException(
                    "the call record of " + record.function() + " cannot be stored: " + e.getMessage(), e);
        }
    }

    /** Returns the record of {@code key} whose stored form is {@code bytes}; whatever is wrong with them is a miss. */
    public static Lookup<CallRecord> readRecord(byte[] bytes, Digest key) {
        try {
            return Lookup.hit(CallRecordFormat.decode(bytes, key));
        } catch (CodecException e) {
            return CallRecordFormat.isOfOtherFormat(bytes)
                    ? Lookup.miss(Lookup.Reason.UNDECODABLE, "cannot be read: " + e.getMessage())
                    : Lookup.miss(Lookup.Reason.DAMAGED, "is damaged: " + e.getMessage());
        }
    }

    /** Returns the value at {@code address} whose encoding is {@code bytes}; whatever is wrong with them is a miss. */
    public static Lookup<Value> readValue(byte[] bytes, Address address) {
        try {
            Value value = Value.ofEncoded(bytes);
            return value.address().equals(address)
                    ? Lookup.hit(value)
                    : Lookup.miss(Lookup.Reason.DAMAGED, "has the address " + value.address());
        } catch (CodecException e) {
            return Lookup.miss(Lookup.Reason.DAMAGED, "holds no value: " + e.getMessage());
        }
    }
}
