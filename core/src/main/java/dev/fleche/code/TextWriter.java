package dev.fleche.code;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the texts of the methods of one class, one after the other.
 *
 * <p>A name is written in full where a text has it for the first time, and as a number from then on. Not thread-safe;
 * confined to one reading.
 */
final class TextWriter {

    private static final int LATIN_1 = 0;
    private static final int UTF_16 = 1;

    private final MessageDigest sha = Sha256.create();
    private final byte[] sum = new byte[Digest.BYTES];
    private final Map<String, Symbol> symbols = new HashMap<>();
    private byte[] bytes = new byte[1024];
    private int length;
    private int texts;
    /** The names that the present text has. */
    private int names;

    /** A name, and its number in the text that had it last. */
    private static final class Symbol {

        final byte[] bytes;
        final int encoding;
        int text = -1;
        int number;

        Symbol(String name) {
            byte[] latin = name.getBytes(StandardCharsets.ISO_8859_1);
            boolean exact = new String(latin, StandardCharsets.ISO_8859_1).equals(name);
            encoding = exact ? LATIN_1 : UTF_16;
            bytes = exact ? latin : utf16(name);
        }

        /** Returns the units as they are; an encoder would lose halves of surrogate pairs. */
        private static byte[] utf16(String name) {
            byte[] units = new byte[Math.multiplyExact(2, name.length())];
            for (int i = 0; i < name.length(); i++) {
                units[2 * i] = (byte) (name.charAt(i) >>> 8);
                units[2 * i + 1] = (byte) name.charAt(i);
            }
            return units;
        }
    }

    /** Begins a text; what was written before is lost. */
    void begin() {
        length = 0;
        names = 0;
        texts++;
    }

    void putByte(int value) {
        require(1);
        bytes[length++] = (byte) value;
    }

    /** Writes a number in as many bytes as it needs, seven bits each. */
    void putInt(int value) {
        require(5);
        int rest = value;
        while (rest >>> 7 != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    void putString(String text) {
        Symbol symbol = symbols.get(text);
        if (symbol == null) {
            symbol = new Symbol(text);
            symbols.put(text, symbol);
        }
        if (symbol.text == texts) {
            putInt(symbol.number);
            return;
        }
        symbol.text = texts;
        symbol.number = names++;
        // the next number: the name itself follows
        putInt(symbol.number);
        putByte(symbol.encoding);
        putInt(symbol.bytes.length);
        require(symbol.bytes.length);
        System.arraycopy(symbol.bytes, 0, bytes, length, symbol.bytes.length);
        length += symbol.bytes.length;
    }

    void putDigest(Digest digest) {
        require(Digest.BYTES);
        digest.writeTo(bytes, length);
        length += Digest.BYTES;
    }

    /** Returns the digest of the text. */
    Digest digest() {
        try {
            sha.update(bytes, 0, length);
            sha.digest(sum, 0, sum.length);
            return Digest.of(sum, 0);
        } catch (DigestException e) {
            throw new AssertionError("SHA-256 has 32 bytes", e);
        }
    }

    private void require(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
        }
    }
}
