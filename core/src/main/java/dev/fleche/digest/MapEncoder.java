package dev.fleche.digest;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes maps: the comparator if it matters, the number of entries, and each entry's key and value. */
final class MapEncoder implements ValueEncoder<Map<?, ?>> {

    private static final int MAX_SHOWN_KEY = 40;

    private final CollectionKind kind;

    MapEncoder(CollectionKind kind) {
        this.kind = kind;
    }

    @Override
    public void encode(Map<?, ?> value, Walk walk) {
        Object[] entries = value.entrySet().toArray();
        Comparator<?> comparator = CollectionKind.comparatorOf(value);
        boolean sorted = kind.order() == CollectionKind.Order.SORTED && comparator != null;
        boolean free = kind.order() != CollectionKind.Order.KEPT && !sorted;
        walk.out.putByte(free ? Tag.MAP : sorted ? Tag.SORTED_MAP : Tag.ORDERED_MAP);
        if (sorted) {
            walk.child(CollectionEncoder.COMPARATOR, comparator);
        }
        walk.out.putInt(entries.length);
        if (free) {
            walk.out.hold();
        }
        int[] starts = new int[free ? entries.length : 0];
        for (int i = 0; i < entries.length; i++) {
            if (free) {
                starts[i] = walk.out.position();
            }
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) entries[i];
            Object key = entry.getKey();
            walk.child(2 * i, key, key);
            walk.child(2 * i + 1, key, entry.getValue());
        }
        if (free) {
            walk.out.sort(starts, entries.length);
        }
    }

    @Override
    public String step(Map<?, ?> value, int position, @Nullable Object key) {
        if (position == CollectionEncoder.COMPARATOR) {
            return ".comparator()";
        }
        if (position % 2 == 0) {
            return "[key " + position / 2 + "]";
        }
        if (key instanceof String text && text.length() <= MAX_SHOWN_KEY) {
            return "[\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"]";
        }
        boolean simple = key instanceof Integer || key instanceof Long || key instanceof Enum<?>;
        return "[" + (key instanceof Enum<?> constant ? constant.name() : simple ? key : "value " + position / 2) + "]";
    }
}
