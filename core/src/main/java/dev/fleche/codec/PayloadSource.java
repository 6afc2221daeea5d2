package dev.fleche.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A checked reader of one payload, little-endian.
 *
 * <p>The bytes are untrusted: every method throws {@link CodecException} if fewer bytes remain than it needs, before it
 * allocates anything. Not thread-safe; confined to one call.
 */
public final class PayloadSource {

    private static final int MAX_COUNT_SHIFT = 56;

    private final byte[] bytes;
    private final int version;
    private int position;

    /** Creates the source of the payload of a stored encoding. */
    PayloadSource(Value value) {
        bytes = value.encoded();
        version = value.codecVersion();
        position = Value.HEAD_BYTES;
    }

    /** Returns the version of the codec that wrote the payload. */
    public int version() {
        return version;
    }

    /** Returns how many bytes are left. */
    public int remaining() {
        return bytes.length - position;
    }

    /** Reads a byte as a number from 0 to 255. */
    public int readUnsignedByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    /** Reads a byte as a number from -128 to 127. */
    public byte readByte() {
        need(1);
        return bytes[position++];
    }

    /** Reads two bytes. */
    public short readShort() {
        return (short) LittleEndian.SHORT.get(bytes, take(Short.BYTES));
    }

    /** Reads four bytes. */
    public int readInt() {
        return (int) LittleEndian.INT.get(bytes, take(Integer.BYTES));
    }

    /** Reads eight bytes. */
    public long readLong() {
        return (long) LittleEndian.LONG.get(bytes, take(Long.BYTES));
    }

    /**
     * Reads what {@link PayloadSink#writeCount} wrote.
     *
     * @throws CodecException if it is written with more bytes than it needs, or is negative
     */
    public long readCount() {
        long value = 0;
        for (int shift = 0; shift <= MAX_COUNT_SHIFT; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (next == 0 && shift > 0) {
                    throw damaged("a count in its shortest form", "one with a zero at its end");
                }
                return value;
            }
        }
        throw damaged("a count of at most 9 bytes", "a longer one");
    }

    /** Reads what {@link PayloadSink#writeString} wrote. */
    public String readString() {
        long count = readCount();
        long length = count >>> 1;
        if ((count & 1) == 0) {
            int start = take(length);
            return new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
        }
        if (length > remaining() / 2) {
            throw damaged(length + " more characters", remaining() + " bytes");
        }
        char[] units = new char[(int) length];
        next(2 * length).asCharBuffer().get(units);
        return new String(units);
    }

    /** Reads {@code length} bytes into a new array. */
    public byte[] readBytes(int length) {
        int start = take(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Reads {@code length} numbers into a new array. */
    public short[] readShorts(int length) {
        ByteBuffer view = next((long) Short.BYTES * length);
        short[] target = new short[length];
        view.asShortBuffer().get(target);
        return target;
    }

    /** Reads {@code length} characters into a new array. */
    public char[] readChars(int length) {
        ByteBuffer view = next((long) Character.BYTES * length);
        char[] target = new char[length];
        view.asCharBuffer().get(target);
        return target;
    }

    /** Reads {@code length} numbers into a new array. */
    public int[] readInts(int length) {
        ByteBuffer view = next((long) Integer.BYTES * length);
        int[] target = new int[length];
        view.asIntBuffer().get(target);
        return target;
    }

    /** Reads {@code length} numbers into a new array. */
    public long[] readLongs(int length) {
        ByteBuffer view = next((long) Long.BYTES * length);
        long[] target = new long[length];
        view.asLongBuffer().get(target);
        return target;
    }

    /** Reads {@code length} numbers into a new array; the bits of NaNs are kept. */
    public float[] readFloats(int length) {
        ByteBuffer view = next((long) Float.BYTES * length);
        float[] target = new float[length];
        view.asFloatBuffer().get(target);
        return target;
    }

    /** Reads {@code length} numbers into a new array; the bits of NaNs are kept. */
    public double[] readDoubles(int length) {
        ByteBuffer view = next((long) Double.BYTES * length);
        double[] target = new double[length];
        view.asDoubleBuffer().get(target);
        return target;
    }

    /**
     * Returns an exception that says what was expected and found, and where.
     *
     * @param expected what stands there in a sound payload
     * @param found what stands there
     */
    public CodecException damaged(String expected, String found) {
        return new CodecException(
                "expected " + expected + " before byte " + position + " of the value, found " + found);
    }

    /** Skips {@code expected} if that is what comes next, and returns whether it was. */
    boolean skip(byte[] expected) {
        int length = expected.length;
        boolean found = length <= remaining() && Arrays.equals(bytes, position, position + length, expected, 0, length);
        position += found ? length : 0;
        return found;
    }

    void expectEnd() {
        if (remaining() > 0) {
            throw damaged("the end of the value", remaining() + " more bytes");
        }
    }

    /** Returns a view of the next {@code length} bytes, which count as read. */
    private ByteBuffer next(long length) {
        int start = take(length);
        return ByteBuffer.wrap(bytes, start, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int take(long length) {
        need(length);
        int start = position;
        position += (int) length;
        return start;
    }

    private void need(long length) {
        if (length < 0 || length > remaining()) {
            throw damaged(length + " more bytes", remaining() + " bytes");
        }
    }
}
