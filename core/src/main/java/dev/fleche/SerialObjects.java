package dev.fleche;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a form that are objects in the stream, taken in the order in which they were put. Not thread-safe. */
final class SerialObjects {

    private final List<Object> objects;
    private int next;

    private SerialObjects(List<Object> objects) {
        this.objects = objects;
    }

    /** Returns a collection to put objects into. */
    static SerialObjects empty() {
        return new SerialObjects(new ArrayList<>(2));
    }

    /** Returns the objects of a form that was read. */
    static SerialObjects of(Object @Nullable [] objects) {
        return new SerialObjects(objects == null ? List.of() : List.of(objects));
    }

    void put(Object object) {
        objects.add(object);
    }

    /** Returns the next object, which must be a {@code type}. */
    <T> T take(Class<T> type) {
        Object taken = next < objects.size() ? objects.get(next) : null;
        if (!type.isInstance(taken)) {
            throw new IllegalArgumentException("expected a " + type.getSimpleName() + " in a serialised form, found "
                    + (taken == null ? "nothing" : "a " + taken.getClass().getName())
                    + "; the stream is damaged or forged");
        }
        next++;
        return type.cast(taken);
    }

    /** Fails unless all were taken. */
    void requireEnd() {
        if (next != objects.size()) {
            throw new IllegalArgumentException("expected " + next + " objects in a serialised form, found "
                    + objects.size() + "; the stream is damaged or forged");
        }
    }

    /** Returns all that were put, or null if none was, which takes the least room. */
    Object @Nullable [] toArray() {
        return objects.isEmpty() ? null : objects.toArray();
    }
}
