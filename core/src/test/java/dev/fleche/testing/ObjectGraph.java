package dev.fleche.testing;

import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.RecordShape;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a value consists of, each once.
 *
 * <p>Follows records, collections, arrays, entries and optionals. Immutable.
 */
public final class ObjectGraph {

    private final Set<Object> objects = Collections.newSetFromMap(new IdentityHashMap<>());

    private ObjectGraph() {}

    /** Returns the objects that {@code value} consists of. */
    public static ObjectGraph of(@Nullable Object value) {
        ObjectGraph graph = new ObjectGraph();
        graph.add(value);
        return graph;
    }

    /** Returns the classes of the objects. */
    public Set<Class<?>> classes() {
        return objects.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    /** Returns the objects that can be changed, by identity. */
    public Set<Object> mutable() {
        Set<Object> mutable = Collections.newSetFromMap(new IdentityHashMap<>());
        objects.stream().filter(ObjectGraph::isMutable).forEach(mutable::add);
        return mutable;
    }

    private static boolean isMutable(Object object) {
        return object.getClass().isArray()
                || object instanceof BitSet
                || object instanceof Date
                || object instanceof SimpleEntry<?, ?>
                || CollectionKind.of(object).filter(kind -> !kind.isImmutable()).isPresent();
    }

    private void add(@Nullable Object value) {
        if (value == null || !objects.add(value)) {
            return;
        }
        if (value instanceof Record) {
            RecordShape shape = RecordShape.of(value.getClass());
            Arrays.asList(shape.values(value)).forEach(this::add);
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(this::add);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> {
                add(key);
                add(part);
            });
        } else if (value instanceof Map.Entry<?, ?> entry) {
            add(entry.getKey());
            add(entry.getValue());
        } else if (value instanceof Object[] array) {
            Arrays.asList(array).forEach(this::add);
        } else if (value instanceof Optional<?> optional) {
            add(optional.orElse(null));
        }
    }
}
