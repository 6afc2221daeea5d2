package dev.fleche.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The walk from generic types to the classes that they reach.
 *
 * <p>A type is taken as it is written: type variables are not replaced, since the arguments that they stand for are
 * visited where they are written. So the walk ends, also for types such as {@code record Node<T>(Node<List<T>> next)}.
 * Not thread-safe; confined to one call.
 */
final class TypeWalk {

    private record OpenType(Class<?> type, String description) {}

    private final Map<String, Class<?>> classes = new LinkedHashMap<>();
    private final Set<Type> seen = new HashSet<>();
    private final Deque<Type> waiting = new ArrayDeque<>();
    private final List<OpenType> open = new ArrayList<>();
    private final List<Class<?>> allowed = new ArrayList<>();

    /** Visits everything that {@code type} reaches. */
    void visit(Type type) {
        if (type == Object.class) {
            open.add(new OpenType(Object.class, "Object"));
        } else if (type instanceof TypeVariable<?> variable && variable.getBounds()[0] == Object.class) {
            open.add(new OpenType(Object.class, "the type variable " + variable));
        }
        walk(type);
    }

    /** Visits a class that stands for itself: it may be open without being listed as such. */
    void allow(Class<?> type) {
        allowed.add(type);
        walk(type);
    }

    Map<String, Class<?>> classes() {
        return classes;
    }

    List<String> openTypes() {
        return open.stream()
                .filter(type -> allowed.stream().noneMatch(type.type()::isAssignableFrom))
                .map(OpenType::description)
                .toList();
    }

    private void walk(Type start) {
        waiting.add(start);
        for (Type next = waiting.poll(); next != null; next = waiting.poll()) {
            if (seen.add(next)) {
                step(next);
            }
        }
    }

    private void step(Type type) {
        if (type instanceof Class<?> plain) {
            stepClass(plain);
        } else if (type instanceof ParameterizedType parameterized) {
            waiting.add(parameterized.getRawType());
            waiting.addAll(List.of(parameterized.getActualTypeArguments()));
        } else if (type instanceof GenericArrayType array) {
            waiting.add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            waiting.addAll(List.of(wildcard.getUpperBounds()));
            waiting.addAll(List.of(wildcard.getLowerBounds()));
        } else if (type instanceof TypeVariable<?> variable) {
            waiting.addAll(List.of(variable.getBounds()));
        }
    }

    private void stepClass(Class<?> type) {
        if (type.isArray()) {
            waiting.add(type.getComponentType());
            return;
        }
        if (KnownTypes.covers(type)) {
            return;
        }
        try {
            add(type);
        } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
            open.add(new OpenType(type, type.getName() + ", which cannot be linked: " + e));
        }
    }

    private void add(Class<?> type) {
        if (type.isRecord()) {
            List<Type> components = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                components.add(component.getGenericType());
            }
            waiting.addAll(components);
        } else if (type.isSealed()) {
            waiting.addAll(List.of(type.getPermittedSubclasses()));
        } else if (!type.isEnum()) {
            addOpen(type);
            if (Enum.class.isAssignableFrom(type)) {
                return;
            }
        }
        classes.putIfAbsent(type.getName(), type);
    }

    private void addOpen(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        if (parent != null && parent.isEnum()) {
            waiting.add(parent); // the class of a constant with a body
        } else if (type.isInterface()) {
            open.add(new OpenType(type, type.getName() + ", an interface that is not sealed"));
        } else {
            open.add(new OpenType(type, type.getName() + ", a class that is neither a record nor an enum"));
        }
    }
}
