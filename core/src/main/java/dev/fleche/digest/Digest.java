package dev.fleche.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A SHA-256 digest: 32 bytes that stand for the content of a value or for a call.
 *
 * <p>Digests are equal when their bytes are. The order is that of the bytes, unsigned. Immutable.
 */
public final class Digest implements Comparable<Digest> {

    /** The number of bytes of a digest. */
    public static final int BYTES = 32;

    private static final int MIN_PREFIX = 4;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Digest(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    /**
     * Returns the digest made of the 32 bytes of {@code bytes} that start at {@code offset}.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    public static Digest of(byte[] bytes, int offset) {
        Objects.checkFromIndexSize(offset, BYTES, bytes.length);
        return new Digest(
                (long) LONG.get(bytes, offset),
                (long) LONG.get(bytes, offset + 8),
                (long) LONG.get(bytes, offset + 16),
                (long) LONG.get(bytes, offset + 24));
    }

    /**
     * Returns the digest made of all of {@code bytes}.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("expected 32 bytes for a digest, found " + bytes.length);
        }
        return of(bytes, 0);
    }

    /**
     * Returns the digest written as 64 hex characters, in upper or lower case.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static Digest parse(String hex) {
        Objects.requireNonNull(hex, "hex");
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "expected 64 hex characters for a digest, found " + hex.length() + ": \"" + hex + "\"");
        }
        try {
            return of(HexFormat.of().parseHex(hex), 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected 64 hex characters for a digest, found \"" + hex + "\": " + e.getMessage(), e);
        }
    }

    /** Writes the 32 bytes into {@code target}, starting at {@code offset}. */
    public void writeTo(byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, BYTES, target.length);
        LONG.set(target, offset, first);
        LONG.set(target, offset + 8, second);
        LONG.set(target, offset + 16, third);
        LONG.set(target, offset + 24, fourth);
    }

    /** Returns the 32 bytes, in a new array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        writeTo(bytes, 0);
        return bytes;
    }

    /**
     * Returns the first {@code length} hex characters, for people to read.
     *
     * @throws IllegalArgumentException if {@code length} is not from 4 to 64
     */
    public String prefix(int length) {
        if (length < MIN_PREFIX || length > 2 * BYTES) {
            throw new IllegalArgumentException("expected a length from 4 to 64, found " + length);
        }
        return toString().substring(0, length);
    }

    @Override
    public int compareTo(Digest other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Returns all 64 hex characters, in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
