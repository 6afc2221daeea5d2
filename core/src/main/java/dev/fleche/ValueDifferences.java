package dev.fleche;

import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.InaccessibleTypeException;
import dev.fleche.digest.RecordShape;
import dev.fleche.digest.UndigestibleException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places where two values differ, found by walking both at once.
 *
 * <p>Records are compared by component, lists and arrays by index, maps by key, sets by element; keys and elements are
 * recognised by their digests, so that no code of the user's classes runs. The walk ends after a million places. Not
 * thread-safe; confined to one comparison.
 */
final class ValueDifferences {

    /** The places that are kept; the others are counted. */
    static final int MAX_KEPT = 10;

    private static final int MAX_VISITED = 1_000_000;
    private static final int MAX_DEPTH = 50;
    private static final String ABSENT = "absent";

    private final List<Explanation.Difference> kept = new ArrayList<>();
    private int visited;
    private long count;

    private ValueDifferences() {}

    /**
     * Returns the differences between two values that are known to differ; there is at least one.
     *
     * @param name what the path to each of them starts with
     */
    static ValueDifferences between(String name, @Nullable Object recorded, @Nullable Object present) {
        ValueDifferences differences = new ValueDifferences();
        differences.compare(name, 0, recorded, present);
        if (differences.count == 0) {
            // the order of a map, or the content of a file: what the parts do not show
            String before = ShortText.withClass(recorded);
            String now = ShortText.withClass(present);
            differences.add(name, before, before.equals(now) ? "the same by name, of other content or order" : now);
        }
        return differences;
    }

    /** Returns the first of them. */
    List<Explanation.Difference> kept() {
        return kept;
    }

    /** Returns how many were met. */
    long count() {
        return count;
    }

    private void compare(String path, int depth, @Nullable Object recorded, @Nullable Object present) {
        if (recorded == present || ++visited > MAX_VISITED) {
            return;
        }
        if (recorded == null || present == null || depth > MAX_DEPTH) {
            compareWhole(path, recorded, present);
        } else if (recorded instanceof Optional<?> before && present instanceof Optional<?> now) {
            compareOptional(path, depth, before, now);
        } else if (isRecord(recorded) && recorded.getClass() == present.getClass()) {
            compareRecords(path, depth, recorded, present);
        } else if (recorded.getClass().isArray() && recorded.getClass() == present.getClass()) {
            compareArrays(path, depth, recorded, present);
        } else {
            compareCollections(path, depth, recorded, present);
        }
    }

    private static boolean isRecord(Object value) {
        return value.getClass().isRecord();
    }

    private void compareOptional(String path, int depth, Optional<?> recorded, Optional<?> present) {
        if (recorded.isPresent() && present.isPresent()) {
            compare(path, depth + 1, recorded.get(), present.get());
        } else {
            compareWhole(path, recorded, present);
        }
    }

    private void compareRecords(String path, int depth, Object recorded, Object present) {
        RecordShape shape = RecordShape.of(recorded.getClass());
        @Nullable Object[] before;
        @Nullable Object[] now;
        try {
            before = shape.values(recorded);
            now = shape.values(present);
        } catch (InaccessibleTypeException e) {
            compareWhole(path, recorded, present);
            return;
        }
        for (int i = 0; i < before.length; i++) {
            RecordShape.Component component = shape.components().get(i);
            if (!component.ignored()) {
                compare(path + "." + component.name(), depth + 1, before[i], now[i]);
            }
        }
    }

    private void compareArrays(String path, int depth, Object recorded, Object present) {
        int before = Array.getLength(recorded);
        int now = Array.getLength(present);
        compareSizes(path, before, now);
        boolean primitive = recorded.getClass().getComponentType().isPrimitive();
        for (int i = 0; i < Math.min(before, now); i++) {
            Object one = Array.get(recorded, i);
            Object other = Array.get(present, i);
            if (!primitive) {
                compare(path + "[" + i + "]", depth + 1, one, other);
            } else if (!one.equals(other)) {
                add(path + "[" + i + "]", ShortText.of(one), ShortText.of(other));
            }
        }
    }

    private void compareSizes(String path, int before, int now) {
        if (before != now) {
            add(path, ShortText.count(before, "element"), ShortText.count(now, "element"));
        }
    }

    private void compareCollections(String path, int depth, Object recorded, Object present) {
        CollectionKind.Family family = family(recorded);
        if (family == null || family != family(present)) {
            compareWhole(path, recorded, present);
        } else if (family == CollectionKind.Family.MAP) {
            compareMaps(path, depth, (Map<?, ?>) recorded, (Map<?, ?>) present);
        } else if (family == CollectionKind.Family.SET) {
            compareSets(path, (Collection<?>) recorded, (Collection<?>) present);
        } else {
            compareSequences(path, depth, (Collection<?>) recorded, (Collection<?>) present);
        }
    }

    private static CollectionKind.@Nullable Family family(Object value) {
        return CollectionKind.of(value).map(CollectionKind::family).orElse(null);
    }

    private void compareSequences(String path, int depth, Collection<?> recorded, Collection<?> present) {
        compareSizes(path, recorded.size(), present.size());
        Iterator<?> before = recorded.iterator();
        Iterator<?> now = present.iterator();
        for (int i = 0; before.hasNext() && now.hasNext() && visited <= MAX_VISITED; i++) {
            compare(path + "[" + i + "]", depth + 1, before.next(), now.next());
        }
    }

    private void compareMaps(String path, int depth, Map<?, ?> recorded, Map<?, ?> present) {
        Map<Digest, Map.Entry<?, ?>> now = new HashMap<>();
        present.entrySet().forEach(entry -> putIfDigestible(now, entry.getKey(), entry));
        for (Map.Entry<?, ?> before : recorded.entrySet()) {
            Digest key = digest(before.getKey());
            Map.Entry<?, ?> other = key == null ? null : now.remove(key);
            String place = path + "[" + ShortText.of(before.getKey()) + "]";
            if (other != null) {
                compare(place, depth + 1, before.getValue(), other.getValue());
            } else if (key != null) {
                add(place, ShortText.of(before.getValue()), ABSENT);
            }
        }
        now.values()
                .forEach(entry ->
                        add(path + "[" + ShortText.of(entry.getKey()) + "]", ABSENT, ShortText.of(entry.getValue())));
    }

    private void compareSets(String path, Collection<?> recorded, Collection<?> present) {
        Map<Digest, Object> now = new HashMap<>();
        present.forEach(element -> putIfDigestible(now, element, Optional.ofNullable(element)));
        for (Object element : recorded) {
            Digest digest = digest(element);
            if (digest != null && now.remove(digest) == null) {
                add(path, "with " + ShortText.of(element), "without");
            }
        }
        now.values().forEach(element -> add(path, "without", "with " + ShortText.of(element)));
    }

    private <T> void putIfDigestible(Map<Digest, T> map, @Nullable Object value, T content) {
        Digest digest = digest(value);
        if (digest != null) {
            map.put(digest, content);
        }
    }

    private void compareWhole(String path, @Nullable Object recorded, @Nullable Object present) {
        if (Objects.equals(digest(recorded), digest(present))) {
            return;
        }
        String before = ShortText.of(recorded);
        String now = ShortText.of(present);
        if (before.equals(now)) {
            before = ShortText.withClass(recorded);
            now = ShortText.withClass(present);
        }
        add(path, before, before.equals(now) ? "another" : now);
    }

    /** Returns the digest, or null for what takes no part in the key of its own: it cannot be the difference. */
    private @Nullable Digest digest(@Nullable Object value) {
        visited++;
        try {
            return Digester.standard().digest(value);
        } catch (UndigestibleException e) {
            // as the record's module, or a file's absence, may make it
            return null;
        }
    }

    private void add(String path, String recorded, String present) {
        count++;
        if (kept.size() < MAX_KEPT) {
            kept.add(new Explanation.Difference(path, recorded, present));
        }
    }
}
