package dev.fleche.digest;

import org.jspecify.annotations.Nullable;

/**
 * A way to encode the values of one class.
 *
 * @param <T> the type of the values
 */
interface ValueEncoder<T> {

    /** Encodes {@code value}: a tag, and then its content, so that no two encodings begin with one another. */
    void encode(T value, Walk walk);

    /** Returns whether every encoding is short, so that it always stands in its parent. */
    default boolean isShort() {
        return false;
    }

    /** Returns how the child at {@code position} is reached from {@code value}, for messages. */
    default String step(T value, int position, @Nullable Object note) {
        return "[" + position + "]";
    }
}
