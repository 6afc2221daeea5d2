package dev.fleche.digest;

import java.util.function.BiConsumer;

/**
 * An encoder of values whose encodings are all short.
 *
 * @param <T> the type of the values
 */
record ShortEncoder<T>(BiConsumer<? super T, DigestWriter> content) implements ValueEncoder<T> {

    @Override
    public void encode(T value, Walk walk) {
        content.accept(value, walk.out);
    }

    @Override
    public boolean isShort() {
        return true;
    }
}
