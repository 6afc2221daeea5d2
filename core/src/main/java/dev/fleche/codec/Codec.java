package dev.fleche.codec;

import org.jspecify.annotations.Nullable;

/**
 * A way to write values as bytes and to read them back.
 *
 * <p>Its name and version stand with every value. Implementations are safe for use by several threads.
 */
public interface Codec {

    /** Returns the stable name: 1 to 12 characters of {@code a-z}, {@code 0-9} and {@code -}. */
    String name();

    /** Returns the version of the bytes that {@link #encode} writes, from 0 to 65535. */
    int version();

    /** Returns whether {@link #decode} reads payloads that {@code version} wrote. */
    boolean reads(int version);

    /**
     * Writes {@code value} to {@code sink}.
     *
     * <p>The bytes must be decodable with the same context: whatever that cannot be is refused here.
     *
     * @return whether the value is immutable through and through, so that one object may serve all callers
     * @throws CodecException if the value, or a part of it, cannot be encoded; names the path, the class and the remedy
     */
    boolean encode(@Nullable Object value, TypeContext context, PayloadSink sink);

    /**
     * Returns the value that {@code payload} holds, as a new object.
     *
     * <p>{@link PayloadSource#version} says which version wrote it. All of it must be read.
     *
     * <p>The bytes are untrusted: they choose no class that is not in {@code context}, and no length in them makes this
     * method allocate more than a stated multiple of the bytes that are there.
     *
     * @throws CodecException if the bytes are anything but a payload that {@link #encode} could have written
     */
    @Nullable
    Object decode(PayloadSource payload, TypeContext context);
}
