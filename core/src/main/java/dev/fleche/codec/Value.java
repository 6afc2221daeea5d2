package dev.fleche.codec;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value: an argument or a result as encoded bytes.
 *
 * <p>The stored encoding is a head of 16 bytes (length of the codec's name, the name padded with zeros to 12 bytes, the
 * codec's version as two bytes, little-endian, a zero byte) and the codec's payload. Its SHA-256 is the
 * {@linkplain #address address}.
 *
 * <p>A value that is immutable through and through may carry the decoded object, which is then handed to those who ask
 * with the class loader it was made for. Immutable; safe for several threads.
 */
public final class Value {

    /** The number of bytes before the payload. */
    public static final int HEAD_BYTES = 16;

    static final int MAX_CODEC_NAME = 12;

    private static final Object NOTHING = new Object();

    private final byte[] encoded;
    private final @Nullable Object shared;
    private final @Nullable ClassLoader sharedWith;
    private volatile @Nullable Address address;

    private Value(byte[] encoded, @Nullable Object shared, @Nullable ClassLoader sharedWith) {
        this.encoded = encoded;
        this.shared = shared;
        this.sharedWith = sharedWith;
    }

    /**
     * Returns the value with a stored encoding, which is kept and must not be changed afterwards.
     *
     * <p>Only the head is checked; the payload when it is decoded.
     *
     * @throws CodecException if the head is not that of a value
     */
    public static Value ofEncoded(byte[] encoded) {
        if (encoded.length < HEAD_BYTES) {
            throw new CodecException("expected a value of at least 16 bytes, found " + encoded.length);
        }
        int nameLength = encoded[0];
        boolean sound = nameLength >= 1 && nameLength <= MAX_CODEC_NAME && encoded[HEAD_BYTES - 1] == 0;
        for (int i = 0; sound && i < MAX_CODEC_NAME; i++) {
            byte c = encoded[1 + i];
            sound = i < nameLength ? isNameCharacter(c) : c == 0;
        }
        if (!sound) {
            throw new CodecException("the head of the value names no codec; the bytes are foreign or damaged");
        }
        return new Value(encoded, NOTHING, null);
    }

    private static boolean isNameCharacter(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    /** Returns this value carrying the decoded object, for those who decode with {@code loader}. */
    Value sharing(@Nullable Object object, @Nullable ClassLoader loader) {
        return new Value(encoded, object, loader);
    }

    /** Returns whether {@link #shared} may be handed to those who decode with {@code loader}. */
    boolean isSharedWith(@Nullable ClassLoader loader) {
        return shared != NOTHING && sharedWith == loader;
    }

    @Nullable
    Object shared() {
        return shared;
    }

    /** Returns whether the decoded object is carried along, and so takes memory beside the bytes. */
    public boolean isShared() {
        return shared != NOTHING;
    }

    /** Returns the stored encoding; not a copy, and not to be changed. */
    public byte[] encoded() {
        return encoded;
    }

    /** Returns the length of the stored encoding in bytes. */
    public int size() {
        return encoded.length;
    }

    /** Returns whether the head is {@code head}, and so names one codec and version. */
    boolean startsWith(byte[] head) {
        return Arrays.equals(encoded, 0, HEAD_BYTES, head, 0, HEAD_BYTES);
    }

    /** Returns the name of the codec. */
    public String codec() {
        return new String(encoded, 1, encoded[0], StandardCharsets.US_ASCII);
    }

    /** Returns the version of the codec. */
    public int codecVersion() {
        return (encoded[13] & 0xFF) | (encoded[14] & 0xFF) << 8;
    }

    /** Returns the address; computed at the first call, at the speed of SHA-256. */
    public Address address() {
        Address found = address;
        if (found == null) {
            found = new Address(Digest.of(Sha256.create().digest(encoded)));
            address = found;
        }
        return found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value that && address().equals(that.address());
    }

    @Override
    public int hashCode() {
        return Objects.hash(address());
    }

    /** Returns codec, version, length and address, for people to read. */
    @Override
    public String toString() {
        return codec() + " " + codecVersion() + ", " + encoded.length + " bytes, "
                + address().sha256().prefix(12);
    }
}
