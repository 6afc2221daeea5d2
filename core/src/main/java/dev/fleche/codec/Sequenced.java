package dev.fleche.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unmodifiable collections that keep their order; since Java 21 they have the interfaces that say so.
 *
 * <p>The views of the JDK's own collections have them there, and a caller may have declared them.
 */
final class Sequenced {

    private static final @Nullable MethodHandle COLLECTION =
            find("unmodifiableSequencedCollection", Collection.class, "java.util.SequencedCollection");
    private static final @Nullable MethodHandle SET =
            find("unmodifiableSequencedSet", Set.class, "java.util.SequencedSet");
    private static final @Nullable MethodHandle MAP =
            find("unmodifiableSequencedMap", Map.class, "java.util.SequencedMap");

    private Sequenced() {}

    static <E extends @Nullable Object> Collection<E> collection(List<E> elements) {
        return COLLECTION == null ? Collections.unmodifiableCollection(elements) : call(COLLECTION, elements);
    }

    /** Takes a linked set. */
    static <E extends @Nullable Object> Set<E> set(Set<E> elements) {
        return SET == null ? Collections.unmodifiableSet(elements) : call(SET, elements);
    }

    /** Takes a linked map. */
    static <K extends @Nullable Object, V extends @Nullable Object> Map<K, V> map(Map<K, V> entries) {
        return MAP == null ? Collections.unmodifiableMap(entries) : call(MAP, entries);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T call(MethodHandle method, Object argument) {
        try {
            return (T) method.invoke(argument);
        } catch (Throwable e) {
            throw new AssertionError("wrapping a collection cannot fail", e);
        }
    }

    private static @Nullable MethodHandle find(String method, Class<?> plain, String sequencedName) {
        try {
            Class<?> sequenced = Class.forName(sequencedName);
            return MethodHandles.publicLookup()
                    .findStatic(Collections.class, method, MethodType.methodType(sequenced, sequenced))
                    .asType(MethodType.methodType(plain, Object.class));
        } catch (ReflectiveOperationException javaBefore21) {
            return null;
        }
    }
}
