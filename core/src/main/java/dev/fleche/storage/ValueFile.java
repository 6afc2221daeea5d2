package dev.fleche.storage;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The stored form of a value in a file: a header, the stored encoding, and a checksum for every 64 KiB of it.
 *
 * <p>{@code docs/format.md} describes the bytes.
 */
final class ValueFile {

    static final int HEADER_BYTES = 64;
    static final int CHUNK_BYTES = 1 << 16;

    /** The longest value whose SHA-256 is checked when it is read; longer ones have their checksums alone. */
    static final int FULLY_CHECKED_BYTES = 16 << 20;

    /** {@code FLVF}, little-endian. */
    private static final int MAGIC = 'F' | 'L' << 8 | 'V' << 16 | 'F' << 24;

    private static final short VERSION = 1;
    private static final int LENGTH_AT = 8;
    private static final int ADDRESS_AT = 16;
    private static final int CRC_AT = 60;

    private ValueFile() {}

    /** Writes {@code value}. */
    static void write(Value value, OutputStream out) throws IOException {
        byte[] encoded = value.encoded();
        out.write(header(value));
        for (int at = 0; at < encoded.length; at += CHUNK_BYTES) {
            // one large write would copy all of it outside the heap first
            out.write(encoded, at, Math.min(CHUNK_BYTES, encoded.length - at));
        }
        out.write(checksums(encoded));
    }

    /** Reads the value at {@code address}; whatever is wrong with the bytes is a miss that says what. */
    static Lookup<Value> read(RandomAccessFile in, Address address) throws IOException {
        long fileBytes = in.length();
        if (fileBytes < HEADER_BYTES) {
            return damaged("is " + fileBytes + " bytes long, shorter than its header");
        }
        byte[] header = new byte[HEADER_BYTES];
        in.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != MAGIC || fields.getInt(CRC_AT) != crc(header, 0, CRC_AT)) {
            return damaged("has a header that is damaged or foreign");
        }
        if (fields.getShort(4) != VERSION || fields.getShort(6) != 0) {
            return Lookup.miss(
                    Reason.UNDECODABLE,
                    "has version " + fields.getShort(4) + " and flags " + fields.getShort(6)
                            + ", which this version of Fleche does not read");
        }
        if (!Digest.of(header, ADDRESS_AT).equals(address.sha256())) {
            return damaged("holds the value at " + Digest.of(header, ADDRESS_AT));
        }
        long length = fields.getLong(LENGTH_AT);
        if (length < 0 || length > Integer.MAX_VALUE - HEADER_BYTES || fileBytes != fileBytes(length)) {
            return damaged("is " + fileBytes + " bytes long, which does not fit its header");
        }
        return readEncoded(in, (int) length, address);
    }

    /** Returns whether the file that {@code in} reads holds exactly {@code value}, sound in every byte. */
    static boolean holds(RandomAccessFile in, Value value) throws IOException {
        byte[] encoded = value.encoded();
        if (in.length() != fileBytes(encoded.length)) {
            return false;
        }
        byte[] header = new byte[HEADER_BYTES];
        in.readFully(header);
        if (!Arrays.equals(header, header(value))) {
            return false;
        }
        byte[] chunk = new byte[Math.min(CHUNK_BYTES, encoded.length)];
        for (int at = 0; at < encoded.length; at += CHUNK_BYTES) {
            int size = Math.min(CHUNK_BYTES, encoded.length - at);
            in.readFully(chunk, 0, size);
            if (!Arrays.equals(chunk, 0, size, encoded, at, at + size)) {
                return false;
            }
        }
        byte[] checksums = checksums(encoded);
        byte[] found = new byte[checksums.length];
        in.readFully(found);
        return Arrays.equals(found, checksums);
    }

    private static Lookup<Value> readEncoded(RandomAccessFile in, int length, Address address) throws IOException {
        byte[] encoded = new byte[length];
        for (int at = 0; at < length; at += CHUNK_BYTES) {
            in.readFully(encoded, at, Math.min(CHUNK_BYTES, length - at));
        }
        byte[] checksums = new byte[chunks(length) * Integer.BYTES];
        in.readFully(checksums);
        if (!Arrays.equals(checksums, checksums(encoded))) {
            return damaged("does not fit its checksums");
        }
        try {
            Value value = Value.ofEncoded(encoded);
            if (length <= FULLY_CHECKED_BYTES && !value.address().equals(address)) {
                return damaged("has the address " + value.address());
            }
            return Lookup.hit(value);
        } catch (CodecException e) {
            return damaged("holds no value: " + e.getMessage());
        }
    }

    private static byte[] header(Value value) {
        byte[] header = new byte[HEADER_BYTES];
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(0, MAGIC);
        fields.putShort(4, VERSION);
        fields.putLong(LENGTH_AT, value.size());
        value.address().sha256().writeTo(header, ADDRESS_AT);
        fields.putInt(CRC_AT, crc(header, 0, CRC_AT));
        return header;
    }

    private static byte[] checksums(byte[] encoded) {
        ByteBuffer checksums =
                ByteBuffer.allocate(chunks(encoded.length) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < encoded.length; at += CHUNK_BYTES) {
            checksums.putInt(crc(encoded, at, Math.min(CHUNK_BYTES, encoded.length - at)));
        }
        return checksums.array();
    }

    private static long fileBytes(long length) {
        return HEADER_BYTES + length + (length + CHUNK_BYTES - 1) / CHUNK_BYTES * Integer.BYTES;
    }

    private static int chunks(int length) {
        return (int) (((long) length + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static Lookup<Value> damaged(String detail) {
        return Lookup.miss(Reason.DAMAGED, detail);
    }
}
