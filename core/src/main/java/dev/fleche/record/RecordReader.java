package dev.fleche.record;

import dev.fleche.codec.CodecException;
import dev.fleche.digest.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reader of little-endian content that throws {@link CodecException} for whatever does not fit.
 *
 * <p>Every length is checked against the bytes that remain before anything is allocated. Not thread-safe.
 */
final class RecordReader {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;
    private int limit;

    RecordReader(byte[] bytes, int start, int limit) {
        this.bytes = bytes;
        this.position = start;
        this.limit = limit;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    int readByte() {
        return bytes[advance(Byte.BYTES)] & 0xFF;
    }

    int readShort() {
        return (short) SHORT.get(bytes, advance(Short.BYTES)) & 0xFFFF;
    }

    int readInt() {
        return (int) INT.get(bytes, advance(Integer.BYTES));
    }

    long readLong() {
        return (long) LONG.get(bytes, advance(Long.BYTES));
    }

    Digest readDigest() {
        return Digest.of(bytes, advance(Digest.BYTES));
    }

    /** Reads a length and as many bytes. */
    byte[] readBytes() {
        int length = readLength();
        int start = advance(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Reads all bytes up to the limit. */
    byte[] readRest() {
        int start = advance(remaining());
        return Arrays.copyOfRange(bytes, start, limit);
    }

    /** Reads a length and as many bytes of UTF-8. */
    String readText() {
        int length = readLength();
        return text(advance(length), length);
    }

    /** Reads all bytes up to the limit as UTF-8. */
    String readRestAsText() {
        int length = remaining();
        return text(advance(length), length);
    }

    /** Reads a number of things of which each takes at least {@code minBytes}. */
    int readCount(int minBytes) {
        int at = position;
        long count = Integer.toUnsignedLong(readInt());
        if (count > remaining() / minBytes) {
            throw new CodecException("expected a count of at most " + remaining() / minBytes + " at byte " + at
                    + " of the call record, found " + count);
        }
        return (int) count;
    }

    /** Reads a length, takes as many bytes for all there is until {@link #leave}, and returns what to pass there. */
    int enter() {
        int length = readLength();
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /** Ends what {@link #enter} began; all of it must have been read. */
    void leave(int outer) {
        if (position != limit) {
            throw new CodecException("expected a field of the call record to end at byte " + position + ", found "
                    + remaining() + " bytes more");
        }
        limit = outer;
    }

    private int readLength() {
        int at = position;
        long length = Integer.toUnsignedLong(readInt());
        if (length > remaining()) {
            throw new CodecException("expected a length of at most " + remaining() + " at byte " + at
                    + " of the call record, found " + length);
        }
        return (int) length;
    }

    private int advance(int count) {
        int start = position;
        if (count > limit - start) {
            throw new CodecException(
                    "expected " + count + " bytes at byte " + start + " of the call record, found " + (limit - start));
        }
        position = start + count;
        return start;
    }

    private String text(int start, int length) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        // malformed bytes become U+FFFD, which is also a character of its own
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
            } catch (CharacterCodingException e) {
                throw new CodecException(
                        "expected UTF-8 at bytes " + start + " to " + (start + length) + " of the call record", e);
            }
        }
        return text;
    }
}
