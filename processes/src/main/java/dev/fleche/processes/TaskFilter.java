package dev.fleche.processes;

import java.io.ObjectInputFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter that lets through application classes and the JDK's value types, collections and exceptions.
 *
 * <p>The JVM-wide filter and the pattern of the user decide first. Immutable.
 */
final class TaskFilter implements ObjectInputFilter {

    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.math",
            "java.sql",
            "java.text",
            "java.time",
            "java.time.chrono",
            "java.time.format",
            "java.time.temporal",
            "java.time.zone",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.util.function",
            "java.util.regex",
            "java.util.zip");
    private static final Set<String> CLASSES =
            Set.of("java.lang.invoke.SerializedLambda", "java.lang.reflect.Proxy", "sun.util.calendar.ZoneInfo");

    private static final ClassValue<Status> VERDICTS = new ClassValue<>() {
        @Override
        protected Status computeValue(Class<?> type) {
            return isAllowed(type) ? Status.ALLOWED : Status.REJECTED;
        }
    };

    private final @Nullable ObjectInputFilter first;

    private TaskFilter(@Nullable ObjectInputFilter first) {
        this.first = first;
    }

    /** Returns the filter for a pattern of the user as {@link ObjectInputFilter.Config#createFilter}; may be empty. */
    static TaskFilter of(String pattern) {
        ObjectInputFilter user = pattern.isEmpty() ? null : ObjectInputFilter.Config.createFilter(pattern);
        ObjectInputFilter jvm = ObjectInputFilter.Config.getSerialFilter();
        return new TaskFilter(jvm == null ? user : user == null ? jvm : ObjectInputFilter.merge(jvm, user));
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (first != null) {
            Status status = first.checkInput(info);
            if (status != null && status != Status.UNDECIDED) {
                return status;
            }
        }
        Class<?> type = info.serialClass();
        return type == null ? Status.UNDECIDED : VERDICTS.get(type);
    }

    private static boolean isAllowed(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive() || element.getModule() == TaskFilter.class.getModule()) {
            return true;
        }
        String module = element.getModule().getName();
        if (module == null || !(module.startsWith("java.") || module.startsWith("jdk."))) {
            return true;
        }
        String name = element.getName();
        return PACKAGES.contains(element.getPackageName())
                || CLASSES.contains(name)
                || (Throwable.class.isAssignableFrom(element)
                        && !name.startsWith("javax.management.")
                        && !name.startsWith("java.rmi.")
                        && !name.startsWith("javax.naming."));
    }
}
