package dev.fleche.digest;

import java.lang.reflect.Executable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was met among values that brings code of its own along. Valid while it is being looked at; not to be kept.
 *
 * @param classes the classes of the user's objects, at any depth: records, enums, {@link Digestible}s, what a
 *     {@link DigestRule} covers, and classes that are values
 * @param functions the methods behind the functions that are values, where all code counts that they reach
 */
public record MetCode(Set<Class<?>> classes, Set<Executable> functions) {

    /** Nothing with code of its own. */
    public static final MetCode NONE = new MetCode(Set.of(), Set.of());

    private static final ClassValue<MetCode> ONLY = new ClassValue<>() {
        @Override
        protected MetCode computeValue(Class<?> type) {
            return new MetCode(Set.of(type), Set.of());
        }
    };

    /** Returns one class and nothing else. */
    static MetCode of(Class<?> type) {
        return ONLY.get(type);
    }

    /** Returns the class that was met, if it is one and nothing else. */
    public @Nullable Class<?> only() {
        return classes.size() == 1 && functions.isEmpty() ? classes.iterator().next() : null;
    }

    /** Returns whether nothing was met. */
    public boolean isEmpty() {
        return classes.isEmpty() && functions.isEmpty();
    }
}
