package dev.fleche.codec;

import java.util.Collections;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The comparators that can be stored: those that a number can stand for. */
final class Comparators {

    private static final int NONE = 0;
    private static final int NATURAL = 1;
    private static final int REVERSE = 2;
    private static final int IGNORE_CASE = 3;
    private static final int REVERSE_IGNORE_CASE = 4;
    private static final Comparator<String> REVERSED_IGNORE_CASE =
            Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER);

    /** What {@link #code} returns for all other comparators. */
    static final int UNKNOWN = -1;

    private Comparators() {}

    /** Returns the number of {@code comparator}; null is the order that a collection has without one. */
    static int code(@Nullable Comparator<?> comparator) {
        if (comparator == null) {
            return NONE;
        }
        if (comparator == Comparator.naturalOrder()) {
            return NATURAL;
        }
        if (comparator == Collections.reverseOrder()) {
            return REVERSE;
        }
        if (comparator == String.CASE_INSENSITIVE_ORDER) {
            return IGNORE_CASE;
        }
        return REVERSED_IGNORE_CASE.equals(comparator) ? REVERSE_IGNORE_CASE : UNKNOWN;
    }

    /** Reads a number and returns the comparator that it stands for. */
    @SuppressWarnings("unchecked")
    static @Nullable Comparator<Object> read(PayloadSource source) {
        int code = source.readUnsignedByte();
        return switch (code) {
            case NONE -> null;
            case NATURAL -> (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
            case REVERSE -> (Comparator<Object>) (Comparator<?>) Collections.reverseOrder();
            case IGNORE_CASE -> (Comparator<Object>) (Comparator<?>) String.CASE_INSENSITIVE_ORDER;
            case REVERSE_IGNORE_CASE -> (Comparator<Object>) (Comparator<?>) REVERSED_IGNORE_CASE;
            default -> throw source.damaged("the number of a comparator", String.valueOf(code));
        };
    }
}
