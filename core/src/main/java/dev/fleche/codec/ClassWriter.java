package dev.fleche.codec;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes that one payload names: each is described where it is met first, and has a number from then on.
 *
 * <p>Not thread-safe; confined to one call.
 */
final class ClassWriter {

    /** Stands before the component type of an array. */
    static final int ARRAY = 0;

    /** Array classes stay in memory for good, so bytes may not ask for more of them than this for each class. */
    static final int MAX_DIMENSIONS = 16;

    /** Up to so many classes are looked for one by one, which costs less than a map. */
    private static final int FEW = 8;

    private static final Class<?>[] NONE = {};

    private final TypeContext context;
    private final PayloadSink sink;
    private final Trail trail;
    private Class<?>[] first = NONE;
    private @Nullable Map<Class<?>, Integer> numbers;
    private int size;

    ClassWriter(TypeContext context, PayloadSink sink, Trail trail) {
        this.context = context;
        this.sink = sink;
        this.trail = trail;
    }

    /**
     * Writes a class that stands in the context or is known.
     *
     * @param what what the part of the value is that needs the class, for the message
     */
    void write(Class<?> type, String what) {
        Class<?> element = type;
        for (int dimensions = 0; element.isArray(); dimensions++) {
            if (dimensions == MAX_DIMENSIONS) {
                throw new CodecException(trail + " is " + what + " " + type.getName() + ", which has more than "
                        + MAX_DIMENSIONS + " dimensions; return lists instead");
            }
            sink.writeCount(ARRAY);
            element = element.getComponentType();
        }
        int code = KnownTypes.code(element);
        if (code != 0) {
            sink.writeCount(2L * code);
        } else {
            writeFromContext(element, what);
        }
    }

    private void writeFromContext(Class<?> type, String what) {
        int number = number(type);
        sink.writeCount(2L * number + 1);
        if (number == size) {
            if (!context.contains(type)) {
                throw refusal(type, what);
            }
            add(type);
            ClassDescription.of(type).write(sink);
        }
    }

    /** Returns the number of a class, which is the next one if it is new. */
    private int number(Class<?> type) {
        Map<Class<?>, Integer> known = numbers;
        if (known != null) {
            return known.getOrDefault(type, size);
        }
        int number = 0;
        while (number < size && first[number] != type) {
            number++;
        }
        return number;
    }

    private void add(Class<?> type) {
        if (size < FEW) {
            first = size == 0 ? new Class<?>[FEW] : first;
            first[size] = type;
        } else {
            Map<Class<?>, Integer> known = numbers;
            if (known == null) {
                known = new HashMap<>();
                for (Class<?> one : first) {
                    known.put(one, known.size());
                }
                numbers = known;
            }
            known.put(type, size);
        }
        size++;
    }

    private CodecException refusal(Class<?> type, String what) {
        String name = type.getName();
        String shortName = type.getSimpleName();
        if (context.find(name).isPresent()) {
            return new CodecException(trail + " is " + what + " " + name
                    + " of another class loader than the function's class of that name; load it once");
        }
        return new CodecException(trail + " is " + what + " " + name
                + ", which the signature of the function does not reach; allow it with Option.allow(" + shortName
                + ".class) or @Memoized(allow = " + shortName + ".class)");
    }
}
