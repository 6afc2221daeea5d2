package dev.fleche.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing writer of one payload, little-endian, with a limit.
 *
 * <p>Every method throws {@link ValueTooLargeException} as soon as the stored encoding would pass the limit. Not
 * thread-safe; confined to one call.
 */
public final class PayloadSink {

    private static final int INITIAL_BYTES = 128;

    /** What a Java array can hold on every virtual machine. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final int limit;
    private byte[] bytes;
    private int size;

    /** Creates the sink of a stored encoding that begins with {@code head}. */
    PayloadSink(byte[] head, long maxBytes) {
        limit = (int) Math.min(MAX_ARRAY, maxBytes);
        bytes = new byte[INITIAL_BYTES];
        ensure(head.length);
        System.arraycopy(head, 0, bytes, 0, head.length);
        size = head.length;
    }

    /** Returns the stored encoding; nothing is written afterwards. */
    byte[] toEncoded() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Returns how many bytes the stored encoding has by now. */
    int size() {
        return size;
    }

    /** Writes the low 8 bits of {@code value}. */
    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Writes the low 16 bits of {@code value}. */
    public void writeShort(int value) {
        ensure(Short.BYTES);
        LittleEndian.SHORT.set(bytes, size, (short) value);
        size += Short.BYTES;
    }

    /** Writes four bytes. */
    public void writeInt(int value) {
        ensure(Integer.BYTES);
        LittleEndian.INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /** Writes eight bytes. */
    public void writeLong(long value) {
        ensure(Long.BYTES);
        LittleEndian.LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    /**
     * Writes {@code value} in as few bytes as it needs: seven bits in each, the lowest first, the eighth bit set in all
     * but the last (LEB128).
     *
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public void writeCount(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("expected a count, found " + value);
        }
        long rest = value;
        while (rest > 0x7F) {
            writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /**
     * Writes a string: a {@linkplain #writeCount count} that is twice its length, plus one if a character does not fit
     * in a byte, then its characters in one byte each, or in two.
     *
     * <p>Unpaired surrogates come back as they are.
     */
    @SuppressWarnings("deprecation") // the one method that copies Latin-1 without an array in between
    public void writeString(String value) {
        int length = value.length();
        if (isLatin1(value)) {
            writeCount(2L * length);
            ensure(length);
            value.getBytes(0, length, bytes, size);
            size += length;
        } else {
            writeCount(2L * length + 1);
            next(2L * length).asCharBuffer().put(value);
        }
    }

    private static boolean isLatin1(String value) {
        int length = value.length();
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= value.charAt(i);
        }
        return seen <= 0xFF;
    }

    /** Writes all of {@code source}, without its length. */
    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    /** Writes {@code length} bytes of {@code source}, starting at {@code offset}. */
    public void writeBytes(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Writes all of {@code source}, without its length. */
    public void writeShorts(short[] source) {
        next((long) Short.BYTES * source.length).asShortBuffer().put(source);
    }

    /** Writes all of {@code source}, without its length. */
    public void writeChars(char[] source) {
        next((long) Character.BYTES * source.length).asCharBuffer().put(source);
    }

    /** Writes all of {@code source}, without its length. */
    public void writeInts(int[] source) {
        next((long) Integer.BYTES * source.length).asIntBuffer().put(source);
    }

    /** Writes all of {@code source}, without its length. */
    public void writeLongs(long[] source) {
        next((long) Long.BYTES * source.length).asLongBuffer().put(source);
    }

    /** Writes all of {@code source}, without its length; the bits of NaNs are kept. */
    public void writeFloats(float[] source) {
        next((long) Float.BYTES * source.length).asFloatBuffer().put(source);
    }

    /** Writes all of {@code source}, without its length; the bits of NaNs are kept. */
    public void writeDoubles(double[] source) {
        next((long) Double.BYTES * source.length).asDoubleBuffer().put(source);
    }

    /** Returns a view of the next {@code length} bytes, which count as written. */
    private ByteBuffer next(long length) {
        ensure(length);
        ByteBuffer view = ByteBuffer.wrap(bytes, size, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        size += (int) length;
        return view;
    }

    private void ensure(long more) {
        long needed = size + more;
        if (needed > bytes.length || needed > limit) {
            grow(needed);
        }
    }

    private void grow(long needed) {
        if (needed > limit) {
            throw new ValueTooLargeException(limit);
        }
        if (needed > bytes.length) {
            long doubled = Math.max(2L * bytes.length, needed);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, limit));
        }
    }
}
