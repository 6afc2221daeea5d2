package dev.fleche.digest;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values that are open in a {@link Walk}, outermost first: finds cycles and names the place of a failure. */
final class Trail {

    static final int MAX_DEPTH = 1000;

    /** Cycles are looked for from this depth on, so that ordinary values do not pay. */
    private static final int UNCHECKED_DEPTH = 16;

    /** How many steps of a path a message shows at either end. */
    private static final int SHOWN = 8;

    private static final int NO_CHILD = -1;

    private static final class Step {
        private @Nullable Object value;
        private @Nullable ValueEncoder<?> encoder;
        private int position;
        private @Nullable Object note;
    }

    private Step[] steps = {};
    private int depth;

    /** Returns whether {@code value} is open already. */
    boolean isCycle(Object value) {
        return depth >= UNCHECKED_DEPTH && depthOf(value, 0) >= 0;
    }

    /** Returns the outermost value that is open twice, and how it is reached. */
    Map.Entry<String, Object> cycle(Object last) {
        for (int i = 0; i < depth; i++) {
            Object value = Objects.requireNonNull(steps[i].value, "value");
            if (value == last || depthOf(value, i + 1) >= 0) {
                return Map.entry(path(i), value);
            }
        }
        throw new IllegalStateException("expected a cycle");
    }

    private int depthOf(Object value, int from) {
        for (int i = from; i < depth; i++) {
            if (steps[i].value == value) {
                return i;
            }
        }
        return -1;
    }

    boolean isFull() {
        return depth == MAX_DEPTH;
    }

    void push(Object value, ValueEncoder<?> encoder) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, Math.max(UNCHECKED_DEPTH, 2 * depth));
            Arrays.setAll(steps, i -> i < depth ? steps[i] : new Step());
        }
        Step step = steps[depth++];
        step.value = value;
        step.encoder = encoder;
        step.position = NO_CHILD;
    }

    void pop() {
        Step step = steps[--depth];
        step.value = null;
        step.encoder = null;
        step.note = null;
    }

    /** Says that the child at {@code position} of the innermost open value comes next. */
    void at(int position) {
        at(position, null);
    }

    /** Says that the child at {@code position}, which {@code note} belongs to, comes next. */
    void at(int position, @Nullable Object note) {
        Step step = steps[depth - 1];
        step.position = position;
        step.note = note;
    }

    /** Returns the value that the innermost open one stands in. */
    @Nullable
    Object parent() {
        return depth < 2 ? null : steps[depth - 2].value;
    }

    /** Returns how the place where the walk is, is reached from the outermost value; shortened if it is long. */
    String path() {
        return path(depth);
    }

    /** Returns how the value open at {@code depth} is reached from the outermost value; shortened if it is long. */
    String path(int depth) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            boolean shown = i < SHOWN || i >= depth - SHOWN;
            if (shown && steps[i].position != NO_CHILD) {
                path.append(describe(steps[i]));
            } else if (i == SHOWN) {
                path.append('…');
            }
        }
        return path.toString();
    }

    @SuppressWarnings("unchecked") // the encoder was found for this value
    private static String describe(Step step) {
        Object value = Objects.requireNonNull(step.value, "value");
        ValueEncoder<Object> encoder = (ValueEncoder<Object>) Objects.requireNonNull(step.encoder, "encoder");
        return encoder.step(value, step.position, step.note);
    }
}
