package dev.fleche;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reader of what a {@link FlatWriter} wrote.
 *
 * <p>The bytes are untrusted: whatever no writer makes throws {@code IllegalArgumentException}, and no length in them
 * takes more memory than they do. Not thread-safe; confined to one form.
 */
final class FlatReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    private FlatReader(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /**
     * Returns the reader of a form.
     *
     * @throws IllegalArgumentException if it is of another version, or not what was written
     */
    static FlatReader ofForm(byte[] form) {
        if (form.length > 0) {
            SerialForms.requireVersion(form[0]);
        }
        int end = form.length - Integer.BYTES;
        if (end < 1 || ByteBuffer.wrap(form).getInt(end) != FlatWriter.checksum(form, end)) {
            throw damaged();
        }
        return new FlatReader(form, 1, end);
    }

    /** Returns the reader of a part of a form that another one has read as bytes. */
    static FlatReader ofPart(byte[] part) {
        return new FlatReader(part, 0, part.length);
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException(
                "expected a serialised form as Fleche writes it, found other bytes; the stream is damaged or forged");
    }

    int readByte() {
        require(1);
        return bytes[position++] & 0xff;
    }

    boolean readFlag() {
        int flag = readByte();
        if (flag > 1) {
            throw damaged();
        }
        return flag == 1;
    }

    int readCount() {
        int count = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int next = readByte();
            count |= (next & 0x7f) << shift;
            if (next <= 0x7f) {
                if (count < 0 || (next == 0 && shift > 0)) {
                    throw damaged();
                }
                return count;
            }
        }
        throw damaged();
    }

    int readInt() {
        require(Integer.BYTES);
        position += Integer.BYTES;
        return ByteBuffer.wrap(bytes).getInt(position - Integer.BYTES);
    }

    String readText() {
        int size = readCount();
        int length = size / 2;
        if (size % 2 == 0) {
            require(length);
            position += length;
            return new String(bytes, position - length, length, StandardCharsets.ISO_8859_1);
        }
        require(length * 2L);
        String text =
                ByteBuffer.wrap(bytes, position, length * 2).asCharBuffer().toString();
        position += length * 2;
        return text;
    }

    Map<String, String> readTexts() {
        int count = readCount();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            if (texts.put(readText(), readText()) != null) {
                throw damaged();
            }
        }
        return texts;
    }

    byte[] readBytes(int length) {
        require(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /** Fails unless all was read. */
    void requireEnd() {
        if (position != end) {
            throw damaged();
        }
    }

    private void require(long length) {
        if (length > end - position) {
            throw damaged();
        }
    }
}
