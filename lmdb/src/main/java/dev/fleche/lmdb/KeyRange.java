package dev.fleche.lmdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys that a page may hold, and their order. Immutable. */
final class KeyRange {

    private final boolean numeric;
    private final byte @Nullable [] from;
    private final byte @Nullable [] to;

    private KeyRange(boolean numeric, byte @Nullable [] from, byte @Nullable [] to) {
        this.numeric = numeric;
        this.from = from;
        this.to = to;
    }

    /** Returns the range of all keys, which are numbers or bytes. */
    static KeyRange all(boolean numeric) {
        return new KeyRange(numeric, null, null);
    }

    /** Returns the part of this range from {@code least} on. */
    KeyRange from(byte[] least) {
        return new KeyRange(numeric, least, to);
    }

    /** Returns the part of this range before {@code end}. */
    KeyRange before(byte[] end) {
        return new KeyRange(numeric, from, end);
    }

    boolean holds(byte[] key) {
        return (from == null || compare(from, key) <= 0) && (to == null || compare(key, to) < 0);
    }

    int compare(byte[] one, byte[] other) {
        if (numeric && one.length == Long.BYTES && other.length == Long.BYTES) {
            return Long.compareUnsigned(number(one), number(other));
        }
        return Arrays.compareUnsigned(one, other);
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
