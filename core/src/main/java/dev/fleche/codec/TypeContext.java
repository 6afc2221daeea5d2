package dev.fleche.codec;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The classes that encoded bytes may name.
 *
 * <p>They are those that the generic types of a function reach (components of records, type arguments, elements of
 * arrays, permitted subclasses, bounds) and those that the user allowed. Types that the default codec knows by itself
 * need no entry. Names that stand in bytes are compared with this set, never passed to {@link Class#forName}.
 * Immutable.
 */
public final class TypeContext {

    private static final TypeContext EMPTY = new TypeContext(null, Map.of(), List.of(), Object.class);

    private final @Nullable ClassLoader loader;
    private final Map<String, Class<?>> classes;
    private final List<String> openTypes;
    private final Class<?> resultType;

    private TypeContext(
            @Nullable ClassLoader loader, Map<String, Class<?>> classes, List<String> openTypes, Class<?> resultType) {
        this.loader = loader;
        this.classes = classes;
        this.openTypes = openTypes;
        this.resultType = resultType;
    }

    /** Returns the context without classes, which suffices for types that the codec knows by itself. */
    public static TypeContext empty() {
        return EMPTY;
    }

    /**
     * Returns the context of the classes that {@code types} and {@code allowed} reach.
     *
     * <p>Of two classes with one name, the first is in the context. A class that cannot be linked is left out, and
     * named by {@link #openTypes}.
     *
     * @param loader the class loader of the function; decoded objects that cannot be changed are shared among the
     *     contexts with the same one, unless it is null
     * @param types generic types, such as a function's result type and parameter types
     * @param allowed more classes, such as subclasses of an open result type
     */
    public static TypeContext of(
            @Nullable ClassLoader loader, Collection<? extends Type> types, Collection<Class<?>> allowed) {
        Objects.requireNonNull(types, "types");
        Objects.requireNonNull(allowed, "allowed");
        TypeWalk walk = new TypeWalk();
        types.forEach(walk::visit);
        allowed.forEach(walk::allow);
        return new TypeContext(loader, Map.copyOf(walk.classes()), walk.openTypes(), Object.class);
    }

    /**
     * Returns this context for results of {@code type}.
     *
     * <p>The result type takes no part in a key, so a function that has changed it finds what it returned before.
     *
     * @param type the erased result type; of a primitive type, its wrapper
     */
    public TypeContext returning(Class<?> type) {
        return new TypeContext(loader, classes, openTypes, Objects.requireNonNull(type, "type"));
    }

    /** Returns whether a decoded result has the type of {@link #returning}; null always has, and all without one. */
    public boolean isResult(@Nullable Object result) {
        return result == null || resultType.isInstance(result);
    }

    /** Returns the type that {@link #isResult} asks for, {@code Object} if none was given. */
    public Class<?> resultType() {
        return resultType;
    }

    /** Returns the class loader of the function, or null if there is none. */
    public @Nullable ClassLoader loader() {
        return loader;
    }

    /** Returns whether this very class is in the context; one of the same name by another loader is not. */
    public boolean contains(Class<?> type) {
        return classes.get(type.getName()) == type;
    }

    /** Returns the class of the context that has the binary name {@code className}, if there is one. */
    public Optional<Class<?>> find(String className) {
        return Optional.ofNullable(classes.get(className));
    }

    /**
     * Returns descriptions of the types whose values may be of classes that are not in the context: interfaces and
     * classes that are neither sealed nor records nor enums nor known to the codec, and {@code Object} or a type
     * variable that stands alone.
     *
     * <p>A type that has a subclass among the allowed ones is not listed. Made for the warning at a function's
     * declaration, from a context of its result type.
     */
    public List<String> openTypes() {
        return openTypes;
    }

    /** Returns whether there are no classes, so that values are the same under every class loader. */
    boolean isEmpty() {
        return classes.isEmpty();
    }

    /** Returns the number of classes and the class loader, for people to read. */
    @Override
    public String toString() {
        return classes.size() + " classes of " + loader;
    }
}
