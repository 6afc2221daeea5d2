package dev.fleche.processes;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Elements on their way to or from a worker; numbers of one class as an array of primitives.
 *
 * <p>Immutable by agreement: the array is not changed.
 *
 * @param array an {@code int[]}, {@code long[]}, {@code double[]} or {@code Object[]}
 */
record Elements(Object array) implements Serializable {

    private static final long serialVersionUID = 1;

    static Elements of(@Nullable Object[] elements) {
        Object first = elements.length == 0 ? null : elements[0];
        Class<?> type = first == null ? Object.class : first.getClass();
        if (type != Integer.class && type != Long.class && type != Double.class) {
            return new Elements(elements);
        }
        for (Object element : elements) {
            if (element == null || element.getClass() != type) {
                return new Elements(elements);
            }
        }
        return new Elements(packed(type, elements));
    }

    private static Object packed(Class<?> type, @Nullable Object[] elements) {
        if (type == Integer.class) {
            int[] ints = new int[elements.length];
            Arrays.setAll(ints, i -> (int) elements[i]);
            return ints;
        } else if (type == Long.class) {
            long[] longs = new long[elements.length];
            Arrays.setAll(longs, i -> (long) elements[i]);
            return longs;
        }
        double[] doubles = new double[elements.length];
        Arrays.setAll(doubles, i -> (double) elements[i]);
        return doubles;
    }

    /** Returns the elements as objects. */
    @Nullable
    Object[] toArray() {
        if (array instanceof int[] ints) {
            return Arrays.stream(ints).boxed().toArray();
        } else if (array instanceof long[] longs) {
            return Arrays.stream(longs).boxed().toArray();
        } else if (array instanceof double[] doubles) {
            return Arrays.stream(doubles).boxed().toArray();
        }
        return (@Nullable Object[]) array;
    }
}
