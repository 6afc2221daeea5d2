package dev.fleche.digest;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Encodes collections that are no maps: the comparator if it matters, the number of elements and the elements. */
final class CollectionEncoder implements ValueEncoder<Collection<?>> {

    /** The position of the comparator, in messages. */
    static final int COMPARATOR = Integer.MAX_VALUE;

    private final CollectionKind kind;

    CollectionEncoder(CollectionKind kind) {
        this.kind = kind;
    }

    @Override
    public void encode(Collection<?> value, Walk walk) {
        Object[] elements = value.toArray();
        Comparator<?> comparator = CollectionKind.comparatorOf(value);
        boolean free = kind.order() == CollectionKind.Order.FREE
                || (kind.order() == CollectionKind.Order.SORTED && comparator == null);
        int tag = free ? Tag.SET : tag();
        walk.out.putByte(tag);
        if (tag == Tag.SORTED_SET || tag == Tag.PRIORITY_QUEUE) {
            walk.child(COMPARATOR, comparator);
        }
        walk.out.putInt(elements.length);
        if (free) {
            encodeSorted(elements, walk);
            return;
        }
        for (int i = 0; i < elements.length; i++) {
            walk.child(i, elements[i]);
        }
    }

    private static void encodeSorted(Object[] elements, Walk walk) {
        int[] starts = new int[elements.length];
        walk.out.hold();
        for (int i = 0; i < elements.length; i++) {
            starts[i] = walk.out.position();
            walk.child(i, elements[i]);
        }
        walk.out.sort(starts, elements.length);
    }

    @Override
    public String step(Collection<?> value, int position, @Nullable Object note) {
        return position == COMPARATOR ? ".comparator()" : "[" + position + "]";
    }

    private int tag() {
        return switch (kind.family()) {
            case LIST -> Tag.LIST;
            case SET -> kind.order() == CollectionKind.Order.SORTED ? Tag.SORTED_SET : Tag.ORDERED_SET;
            case QUEUE -> kind == CollectionKind.PRIORITY_QUEUE ? Tag.PRIORITY_QUEUE : Tag.QUEUE;
            case COLLECTION -> Tag.COLLECTION;
            case MAP -> throw new IllegalStateException("expected no map, found " + kind);
        };
    }
}
