package dev.fleche.codec;

import dev.fleche.digest.RecordShape;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * The way from the root of a value to the part that is being encoded, for messages.
 *
 * <p>Holds the containers around the part, and which part of each. Not thread-safe; confined to one call.
 */
final class Trail {

    private static final int INITIAL_DEPTH = 8;
    private static final int SHOWN_STEPS = 8;

    /** Cycles are looked for at this depth and at each doubling, before they use up the stack. */
    private static final int FIRST_CHECK = 64;

    private static final int SHOWN_KEY = 40;

    private Object[] containers = {};
    private int[] positions = {};
    private int depth;

    /**
     * Goes into {@code container}.
     *
     * @throws CodecException if that is too deep, as it always is where a container holds itself
     */
    void enter(Object container) {
        if (depth == StandardCodec.MAX_DEPTH || (depth >= FIRST_CHECK && Integer.bitCount(depth) == 1)) {
            requireNoCycle();
        }
        if (depth == StandardCodec.MAX_DEPTH) {
            throw new CodecException(this + " is nested deeper than " + StandardCodec.MAX_DEPTH
                    + " values; return a flatter value, for example a list in place of a chain");
        }
        if (depth == containers.length) {
            containers = Arrays.copyOf(containers, Math.max(INITIAL_DEPTH, 2 * depth));
            positions = Arrays.copyOf(positions, containers.length);
        }
        containers[depth] = container;
        positions[depth++] = 0;
    }

    /** Goes to a part of the innermost container; of a map, keys are the even parts and values the odd ones. */
    void at(int position) {
        positions[depth - 1] = position;
    }

    /** Goes out of the innermost container. */
    void leave() {
        depth--;
    }

    private void requireNoCycle() {
        for (int i = 0; i < depth; i++) {
            if (holdsItself(i)) {
                depth = i;
                throw new CodecException(
                        this + " is a " + containers[i].getClass().getName()
                                + " that contains itself, which cannot be stored; return a value without cycles, for example with"
                                + " names in place of references");
            }
        }
    }

    private boolean holdsItself(int outer) {
        for (int i = outer + 1; i < depth; i++) {
            if (containers[i] == containers[outer]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the way as a person would write it, such as {@code value.items[3].log}. */
    @Override
    public String toString() {
        StringBuilder way = new StringBuilder("value");
        for (int i = 0; i < depth; i++) {
            if (i < SHOWN_STEPS || i >= depth - SHOWN_STEPS) {
                way.append(step(containers[i], positions[i]));
            } else if (i == SHOWN_STEPS) {
                way.append("…");
            }
        }
        return way.toString();
    }

    private static String step(Object container, int position) {
        if (container instanceof Record) {
            return "."
                    + RecordShape.of(container.getClass())
                            .components()
                            .get(position)
                            .name();
        }
        if (container instanceof Map<?, ?> map) {
            return position % 2 == 0 ? "[key " + position / 2 + "]" : "[" + key(map, position / 2) + "]";
        }
        if (container instanceof Map.Entry<?, ?>) {
            return position == 0 ? ".getKey()" : ".getValue()";
        }
        return container instanceof Collection<?> || container instanceof Object[] ? "[" + position + "]" : ".get()";
    }

    /** Returns the key of an entry if it is short and plain, else the number of the entry. */
    private static String key(Map<?, ?> map, int number) {
        Iterator<?> keys = map.keySet().iterator();
        Object key = null;
        for (int i = 0; i <= number && keys.hasNext(); i++) {
            key = keys.next();
        }
        if (key instanceof String text && text.length() <= SHOWN_KEY) {
            return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
        }
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        return key instanceof Integer || key instanceof Long ? key.toString() : "value " + number;
    }
}
