package dev.fleche.code;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classes that a program makes while it runs: proxies, and subclasses for interception. Stateless.
 *
 * <p>Such a class has no code that could change in a way of its own: its first superclass that a compiler made counts
 * instead, and with it the interfaces of the generated classes, whose default methods they inherit. It is hidden or a
 * proxy, or has a name with two dollar signs and no class file, or a name that tells its generator. Two dollar signs
 * alone are not enough: the Kotlin compiler gives some classes such names.
 */
final class GeneratedClasses {

    private static final List<String> GENERATORS = List.of(
            "$$SpringCGLIB",
            "$$EnhancerBy",
            "$$FastClassBy",
            "_$$_jvst",
            "_$$_Weld",
            "$HibernateProxy$",
            "$MockitoMock$",
            "$ByteBuddy$");

    private GeneratedClasses() {}

    /**
     * Returns the class itself or its first superclass that a compiler made; null if there is none but {@code Object}.
     */
    static @Nullable Class<?> first(Class<?> type) {
        Class<?> first = element(type);
        while (first != null && isGenerated(first)) {
            first = first.getSuperclass();
        }
        return first == Object.class ? null : first;
    }

    /** Returns the classes that a compiler made whose code runs for objects of {@code types} or in arrays of these. */
    static Set<Class<?>> behind(Collection<Class<?>> types) {
        Set<Class<?>> behind = new LinkedHashSet<>();
        for (Class<?> type : types) {
            for (Class<?> each = element(type); each != null && isGenerated(each); each = each.getSuperclass()) {
                behind.addAll(List.of(each.getInterfaces()));
            }
            Class<?> first = first(type);
            if (first != null) {
                behind.add(first);
            }
        }
        return behind;
    }

    private static @Nullable Class<?> element(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive() ? null : element;
    }

    private static boolean isGenerated(Class<?> type) {
        return Proxy.isProxyClass(type)
                || type.isHidden()
                || tellsGenerator(type.getName())
                || (type.getName().contains("$$") && !hasClassFile(type));
    }

    private static boolean tellsGenerator(String name) {
        for (String each : GENERATORS) {
            if (name.contains(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasClassFile(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader.getResource(internalName(type) + ".class") != null;
    }

    /** Returns the name of a class as class files have it. */
    static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
