package dev.fleche.processes;

import java.util.Arrays;

/**
 * An object as bytes, in parts: the serialized form, and then each large array on its own, as it is.
 *
 * <p>Immutable by agreement: whoever holds the parts must not change them.
 */
final class Payload {

    static final Payload EMPTY = new Payload(new byte[0][]);

    private final byte[][] parts;

    Payload(byte[]... parts) {
        this.parts = parts;
    }

    int count() {
        return parts.length;
    }

    byte[] part(int index) {
        return parts[index];
    }

    /** Returns the size of all parts together. */
    long bytes() {
        long sum = 0;
        for (byte[] part : parts) {
            sum += part.length;
        }
        return sum;
    }

    /** Returns the parts from {@code start} on. */
    Payload from(int start) {
        return new Payload(Arrays.copyOfRange(parts, start, parts.length));
    }

    /** Returns these parts with another before them. */
    Payload after(byte[] first) {
        byte[][] all = new byte[parts.length + 1][];
        all[0] = first;
        System.arraycopy(parts, 0, all, 1, parts.length);
        return new Payload(all);
    }
}
