package dev.fleche.record;

import dev.fleche.codec.CodecException;
import dev.fleche.digest.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of little-endian content, at most as long as a record may be. Not thread-safe. */
final class RecordWriter {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The SHA-256 at the end comes on top. */
    private static final int MAX_BYTES = CallRecordFormat.MAX_BYTES - Digest.BYTES;

    private byte[] bytes = new byte[1024];
    private int length;

    void writeByte(int value) {
        int at = advance(Byte.BYTES);
        bytes[at] = (byte) value;
    }

    void writeShort(int value) {
        int at = advance(Short.BYTES);
        SHORT.set(bytes, at, (short) value);
    }

    void writeInt(int value) {
        int at = advance(Integer.BYTES);
        INT.set(bytes, at, value);
    }

    void writeLong(long value) {
        int at = advance(Long.BYTES);
        LONG.set(bytes, at, value);
    }

    void writeDigest(Digest digest) {
        int at = advance(Digest.BYTES);
        digest.writeTo(bytes, at);
    }

    /** Writes bytes without their length. */
    void writeRaw(byte[] content) {
        int at = advance(content.length);
        System.arraycopy(content, 0, bytes, at, content.length);
    }

    /** Writes the length and the bytes. */
    void writeBytes(byte[] content) {
        writeInt(content.length);
        writeRaw(content);
    }

    /** Writes the length in bytes and the UTF-8 of {@code text}; {@code what} is its place for messages. */
    void writeText(String text, String what) {
        writeBytes(toUtf8(text, what));
    }

    /** Writes the UTF-8 of {@code text} without its length. */
    void writeRawText(String text, String what) {
        writeRaw(toUtf8(text, what));
    }

    /** Writes the head of a field and returns where its content starts, for {@link #end}. */
    int begin(int tag) {
        writeShort(tag);
        writeInt(0);
        return length;
    }

    /** Puts the length of the content since {@code start} into the field's head. */
    void end(int start) {
        INT.set(bytes, start - Integer.BYTES, length - start);
    }

    int length() {
        return length;
    }

    /** Returns the bytes written so far and {@code extra} zeros. */
    byte[] toBytes(int extra) {
        return Arrays.copyOf(bytes, length + extra);
    }

    private int advance(int count) {
        int start = length;
        if (count > bytes.length - start) {
            long needed = (long) start + count;
            if (needed > MAX_BYTES) {
                throw new CodecException("the call record would be longer than " + CallRecordFormat.MAX_BYTES
                        + " bytes; pass fewer or smaller arguments and tags");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
        }
        length = start + count;
        return start;
    }

    private static byte[] toUtf8(String text, String what) {
        int lone = loneSurrogate(text);
        if (lone >= 0) {
            throw new CodecException("expected text in the " + what + " of a call record, found half of a surrogate"
                    + " pair at index " + lone + ", which UTF-8 cannot express; take it out");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
