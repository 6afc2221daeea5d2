package dev.fleche;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The look-up of a method by name and descriptor, as the JVM does it.
 *
 * <p>From <em>The Java Virtual Machine Specification</em>, Java SE 17, §5.4.3.3 and §5.4.3.4
 * (https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-5.html). We differ in one point: access is not checked,
 * since the reference at hand exists.
 */
final class MethodResolution {

    static final String CONSTRUCTOR = "<init>";

    private MethodResolution() {}

    /**
     * Returns the method or constructor that a reference to {@code owner} means, or null if there is none.
     *
     * <p>A bridge gives way to the method of a superclass that it stands for: whether a reference goes through a bridge
     * depends on the version of the compiler.
     */
    static @Nullable Executable resolve(Class<?> owner, String name, MethodType type) {
        if (name.equals(CONSTRUCTOR)) {
            return constructor(owner, type);
        }
        Method bridge = null;
        for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
            Method method = declared(c, name, type);
            if (method != null && !method.isBridge()) {
                return method;
            }
            bridge = bridge == null ? method : bridge;
        }
        if (bridge == null && owner.isInterface()) {
            bridge = declared(Object.class, name, type);
        }
        return bridge != null ? bridge : inherited(owner, name, type);
    }

    private static boolean isInstance(Method method) {
        return !Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers());
    }

    private static @Nullable Executable constructor(Class<?> owner, MethodType type) {
        for (Constructor<?> constructor : owner.getDeclaredConstructors()) {
            if (Arrays.equals(constructor.getParameterTypes(), type.parameterArray())) {
                return constructor;
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> owner, String name, MethodType type) {
        for (Method method : owner.getDeclaredMethods()) {
            // several methods may differ in their return types alone
            if (method.getName().equals(name)
                    && method.getReturnType() == type.returnType()
                    && Arrays.equals(method.getParameterTypes(), type.parameterArray())) {
                return method;
            }
        }
        return null;
    }

    /** Returns the most specific method among those of all superinterfaces; one with a body if there is a choice. */
    private static @Nullable Method inherited(Class<?> owner, String name, MethodType type) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
            collectInterfaces(c, interfaces);
        }
        List<Method> found = new ArrayList<>();
        for (Class<?> candidate : interfaces) {
            Method method = declared(candidate, name, type);
            if (method != null && isInstance(method)) {
                found.add(method);
            }
        }
        return found.stream()
                .filter(method -> found.stream().noneMatch(other -> isMoreSpecific(other, method)))
                .min(Comparator.comparing((Method method) -> Modifier.isAbstract(method.getModifiers()))
                        .thenComparing(method -> method.getDeclaringClass().getName()))
                .orElse(null);
    }

    private static boolean isMoreSpecific(Method other, Method method) {
        return other.getDeclaringClass() != method.getDeclaringClass()
                && method.getDeclaringClass().isAssignableFrom(other.getDeclaringClass());
    }

    private static void collectInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> each : type.getInterfaces()) {
            if (found.add(each)) {
                collectInterfaces(each, found);
            }
        }
    }
}
