package dev.fleche;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the compact bytes of serialised forms.
 *
 * <p>Counts take seven bits a byte, the lowest first. A text is twice its length, plus one if it needs two bytes for
 * each of its characters, and then these. Not thread-safe; confined to one form.
 */
final class FlatWriter {

    private byte[] bytes = new byte[160];
    private int size;

    /** Starts a form, which says its version first. */
    static FlatWriter ofForm() {
        FlatWriter out = new FlatWriter();
        out.writeByte(SerialForms.VERSION);
        return out;
    }

    void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void writeCount(int count) {
        int rest = count;
        while (rest > 0x7f) {
            writeByte(rest | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    void writeInt(int value) {
        ensure(Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(size, value);
        size += Integer.BYTES;
    }

    void writeText(String text) {
        boolean wide = false;
        for (int i = 0; i < text.length(); i++) {
            wide |= text.charAt(i) > 0xff;
        }
        writeCount(text.length() * 2 + (wide ? 1 : 0));
        write(wide ? wide(text) : text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Half a surrogate pair stays what it is, which no charset grants. */
    private static byte[] wide(String text) {
        ByteBuffer buffer = ByteBuffer.allocate(text.length() * 2);
        buffer.asCharBuffer().put(text);
        return buffer.array();
    }

    void writeTexts(Map<String, String> texts) {
        writeCount(texts.size());
        texts.forEach((name, value) -> {
            writeText(name);
            writeText(value);
        });
    }

    void write(byte[] content) {
        write(content, 0, content.length);
    }

    void write(byte[] content, int from, int length) {
        ensure(length);
        System.arraycopy(content, from, bytes, size, length);
        size += length;
    }

    /** Returns all that was written. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Returns all that was written, and its checksum. */
    byte[] toForm() {
        writeInt(checksum(bytes, size));
        return toBytes();
    }

    /** Returns the CRC-32C of the first {@code length} bytes. */
    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(size, more)));
        }
    }

    /** Returns the bit {@code mask} if {@code value} is there. */
    static int flag(@Nullable Object value, int mask) {
        return value == null ? 0 : mask;
    }
}
