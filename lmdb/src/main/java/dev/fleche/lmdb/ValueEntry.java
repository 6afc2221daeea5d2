package dev.fleche.lmdb;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import dev.fleche.storage.EntryBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The stored form of a value as an entry: when it was stored last, and its encoding.
 *
 * <p>The time is in seconds since 1970, four bytes, little-endian, followed by the CRC32C of these bytes and the
 * address.
 */
final class ValueEntry {

    static final int HEADER_BYTES = 8;

    /** Far below the time for which collecting spares what is young, and far above the time between two calls. */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final int CRC_AT = 4;

    private ValueEntry() {}

    /** Returns the entry of a value that is stored at {@code seconds}. */
    static byte[] of(Value value, long seconds) {
        byte[] encoded = value.encoded();
        byte[] entry = new byte[HEADER_BYTES + encoded.length];
        ByteBuffer header = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt((int) seconds);
        header.putInt(crc(entry, value.address()));
        System.arraycopy(encoded, 0, entry, HEADER_BYTES, encoded.length);
        return entry;
    }

    /** Returns the value that {@code entry} holds; whatever is wrong with it is a miss. */
    static Lookup<Value> read(byte[] entry, Address address) {
        if (!hasHeader(entry, address)) {
            return Lookup.miss(Lookup.Reason.DAMAGED, "has a header that is damaged or foreign");
        }
        return EntryBytes.readValue(Arrays.copyOfRange(entry, HEADER_BYTES, entry.length), address);
    }

    /** Returns whether {@code entry} holds exactly {@code value}, stored so shortly before that its time may stay. */
    static boolean isFresh(byte[] entry, Value value, long seconds) {
        byte[] encoded = value.encoded();
        return hasHeader(entry, value.address())
                && Integer.toUnsignedLong(header(entry).getInt(0)) > seconds - FRESH.toSeconds()
                && Arrays.equals(entry, HEADER_BYTES, entry.length, encoded, 0, encoded.length);
    }

    private static boolean hasHeader(byte[] entry, Address address) {
        return entry.length >= HEADER_BYTES && header(entry).getInt(CRC_AT) == crc(entry, address);
    }

    private static ByteBuffer header(byte[] entry) {
        return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] entry, Address address) {
        CRC32C crc = new CRC32C();
        crc.update(entry, 0, CRC_AT);
        crc.update(address.sha256().toBytes());
        return (int) crc.getValue();
    }
}
