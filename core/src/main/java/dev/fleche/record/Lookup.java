package dev.fleche.record;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a look-up: what was found, or why nothing usable was.
 *
 * @param <T> the type of what is looked up
 */
public sealed interface Lookup<T extends @Nullable Object> {

    /** Why a look-up found nothing usable. */
    enum Reason {
        /** There is no entry. */
        ABSENT,
        /** There is an entry, and its bytes are damaged, half-written or another's. */
        DAMAGED,
        /** The record is sound, and a value that it refers to is gone. */
        VALUE_LOST,
        /** The bytes are sound, and cannot be decoded in this program. */
        UNDECODABLE,
        /** The storage could not be asked. */
        UNAVAILABLE
    }

    /**
     * What was found.
     *
     * @param value the finding
     * @param <T> its type
     */
    record Hit<T extends @Nullable Object>(T value) implements Lookup<T> {}

    /**
     * Why nothing usable was found.
     *
     * @param reason the kind of reason
     * @param detail one line for people: what was found where; empty if there is nothing to add
     * @param <T> the type of what was looked up
     */
    record Miss<T extends @Nullable Object>(Reason reason, String detail) implements Lookup<T> {

        private static final Miss<?> ABSENT = new Miss<>(Reason.ABSENT, "");

        /** Returns this miss as the outcome of another look-up. */
        @SuppressWarnings("unchecked")
        public <U extends @Nullable Object> Miss<U> cast() {
            return (Miss<U>) this;
        }
    }

    /** Returns a hit. */
    static <T extends @Nullable Object> Lookup<T> hit(T value) {
        return new Hit<>(value);
    }

    /** Returns the miss of an entry that does not exist. */
    @SuppressWarnings("unchecked")
    static <T extends @Nullable Object> Lookup<T> absent() {
        return (Lookup<T>) Miss.ABSENT;
    }

    /** Returns a miss. */
    static <T extends @Nullable Object> Lookup<T> miss(Reason reason, String detail) {
        return new Miss<>(reason, detail);
    }
}
