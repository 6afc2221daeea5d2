package dev.fleche.codec;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The leaves of the default codec, by class and by tag. */
final class Leaves {

    private static final Map<Class<?>, Leaf<?>> BY_TYPE = new HashMap<>();
    private static final @Nullable Leaf<?>[] BY_TAG = noLeaves();

    /** Those whose values are of private subclasses. */
    private static final List<Leaf<?>> BY_INTERFACE;

    static {
        Stream.of(BasicLeaves.ALL, NamedLeaves.ALL, TimeLeaves.ALL, ArrayLeaves.ALL)
                .flatMap(List::stream)
                .forEach(Leaves::register);
        BY_INTERFACE = Stream.of(Path.class, Charset.class, ZoneId.class)
                .<Leaf<?>>map(BY_TYPE::get)
                .toList();
    }

    private Leaves() {}

    private static @Nullable Leaf<?>[] noLeaves() {
        return new @Nullable Leaf<?>[Tag.COLLECTION];
    }

    private static void register(Leaf<?> leaf) {
        if (BY_TAG[leaf.tag()] != null || BY_TYPE.put(leaf.type(), leaf) != null) {
            throw new AssertionError("two leaves for the tag " + leaf.tag() + " or for " + leaf.type());
        }
        BY_TAG[leaf.tag()] = leaf;
    }

    /** Returns the leaf of a class, or null if it has none of its own. */
    static @Nullable Leaf<?> ofType(Class<?> type) {
        return BY_TYPE.get(type);
    }

    /** Returns the leaf of an interface or abstract class that {@code value} is an instance of, or null. */
    static @Nullable Leaf<?> ofInterface(Object value) {
        for (Leaf<?> candidate : BY_INTERFACE) {
            if (candidate.type().isInstance(value)) {
                return candidate;
            }
        }
        return null;
    }

    /** Returns the leaf with a tag, or null if there is none. */
    static @Nullable Leaf<?> ofTag(int tag) {
        return tag < BY_TAG.length ? BY_TAG[tag] : null;
    }
}
