package dev.fleche.digest;

import java.util.Collections;
import java.util.Comparator;
import java.util.Set;

/** Encodes the comparators of the JDK that have a meaning of their own. */
final class ComparatorEncoder implements ValueEncoder<Comparator<?>> {

    private static final Comparator<?> NATURAL = Comparator.naturalOrder();
    private static final Comparator<?> REVERSE = Collections.reverseOrder();
    private static final Class<?> REVERSED =
            Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER).getClass();
    private static final Set<Class<?>> KNOWN =
            Set.of(NATURAL.getClass(), REVERSE.getClass(), String.CASE_INSENSITIVE_ORDER.getClass(), REVERSED);

    static boolean knows(Class<?> type) {
        return KNOWN.contains(type);
    }

    @Override
    public void encode(Comparator<?> value, Walk walk) {
        if (value.getClass() == REVERSED) {
            walk.out.putByte(Tag.COMPARATOR, 4);
            // the reverse of the reverse is the comparator itself
            walk.child(0, Collections.reverseOrder(value));
        } else if (value.equals(NATURAL)) {
            walk.out.putByte(Tag.COMPARATOR, 1);
        } else if (value.equals(REVERSE)) {
            walk.out.putByte(Tag.COMPARATOR, 2);
        } else {
            walk.out.putByte(Tag.COMPARATOR, 3);
        }
    }
}
