package dev.fleche.codec;

import org.jspecify.annotations.Nullable;

/**
 * The default codec, {@code fleche}: tagged values, little-endian, described in {@code docs/format.md}.
 *
 * <p>Values are trees: an object met twice is written twice, and one that contains itself is refused. Decoding
 * allocates at most {@value #MAX_EXPANSION} bytes for a byte of the payload, and beyond that what the constructors of
 * the context's records allocate, and for an {@link java.util.EnumMap} a slot for each constant. Immutable.
 */
final class StandardCodec implements Codec {

    static final String NAME = "fleche";
    static final int VERSION = 1;

    /** How many values may stand within each other. */
    static final int MAX_DEPTH = 1000;

    /**
     * The most bytes that are allocated for a byte of the payload, apart from a constant. Small sets and maps come near
     * half of it with compressed references, and to two thirds without.
     */
    static final int MAX_EXPANSION = 256;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public boolean reads(int version) {
        return version == VERSION;
    }

    @Override
    public boolean encode(@Nullable Object value, TypeContext context, PayloadSink sink) {
        return new Encoder(context, sink).encode(value);
    }

    @Override
    public @Nullable Object decode(PayloadSource payload, TypeContext context) {
        return new Decoder(context, payload).decode();
    }
}
