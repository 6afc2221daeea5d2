package dev.fleche.processes;

import java.io.InvalidClassException;
import java.io.ObjectStreamClass;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes that a codec has met, by name. Safe for use by several threads. */
final class TaskClasses {

    /** No loader finds these; a task may hold them as values. */
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private final ClassLoader loader;
    private final Map<String, ObjectStreamClass> descriptors = new ConcurrentHashMap<>();

    TaskClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /** Returns the description of the class here, which must have the serial version of the one that was sent. */
    ObjectStreamClass find(String name, long serialVersion) throws InvalidClassException, ClassNotFoundException {
        ObjectStreamClass found = descriptors.get(name);
        if (found == null) {
            found = ObjectStreamClass.lookupAny(load(name));
            descriptors.put(name, found);
        }
        if (found.getSerialVersionUID() != serialVersion) {
            throw new InvalidClassException(
                    name, "the class differs between the program and its worker: was its jar replaced meanwhile?");
        }
        return found;
    }

    Class<?> load(String name) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        return primitive != null ? primitive : Class.forName(name, false, loader);
    }
}
