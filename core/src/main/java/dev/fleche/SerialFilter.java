package dev.fleche;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter for streams that bring calls, memos, bound tasks and results from another process.
 *
 * <p>To be set by {@link java.io.ObjectInputStream#setObjectInputFilter} before anything is read, a new one for each
 * stream; all share what was decided about a class. It lets pass
 *
 * <ul>
 *   <li>the serialised forms of this library, and lambdas and method references;
 *   <li>the JDK's values: what {@code java.lang}, {@code java.math}, {@code java.text}, {@code java.time} and
 *       {@code java.util} with its collections hold, arrays, {@code URI}, {@code File}, the dates of {@code java.sql},
 *       and the enums and exceptions of the Java platform, but for those of its remote, naming and management modules;
 *   <li>all classes that are not the JDK's.
 * </ul>
 *
 * <p>It refuses every other class of the JDK, dynamic proxies and URLs (whose hash code asks the network); more than
 * {@value #MAX_DEPTH} objects inside each other; more bytes than were announced; and arrays and tables with more
 * elements than such a stream can hold, before memory is taken for them. What the JVM-wide filter refuses is refused,
 * whatever is added here.
 *
 * <p>What it protects against: a stream that reaches for the JDK's remote, naming, management, scripting and reflection
 * classes, one that is damaged, and one made to exhaust the stack or the heap. What it does not protect against: a
 * sender who means harm. A call names a function of the application and is there to be run, with any arguments; classes
 * of the application run their own {@code readObject}; a configuration opens the directory that it names; and nested
 * hash tables can take very long to read. Read streams only from who may run code here.
 *
 * <p>Not thread-safe; confined to one stream.
 */
public final class SerialFilter implements ObjectInputFilter {

    private static final int MAX_DEPTH = 500;

    /** A hash table with a low load factor has up to eight places for each entry, and each takes a byte or more. */
    private static final int PLACES_PER_BYTE = 8;

    /** The least capacities of collections take a few places more. */
    private static final int SPARE_PLACES = 64;

    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.math",
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
            "java.util.regex");

    private static final Set<String> CLASSES = Set.of(
            "java.io.File",
            "java.io.Serializable",
            "java.lang.invoke.SerializedLambda",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetAddress",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.URI",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "sun.util.calendar.ZoneInfo");

    /** Their exceptions hold objects that act while they are read or shown. */
    private static final Set<String> ACTING_MODULES =
            Set.of("java.management", "java.management.rmi", "java.naming", "java.rmi");

    private static final ClassValue<Boolean> ALLOWED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isAllowed(element(type));
        }
    };

    private final long maxBytes;
    private final List<ObjectInputFilter> more;
    private long places;
    private long primitiveBytes;

    private SerialFilter(long maxBytes, List<ObjectInputFilter> more) {
        this.maxBytes = maxBytes;
        this.more = more;
    }

    /**
     * Returns the filter for one stream.
     *
     * @param maxBytes the length of the stream, or the most that it may have
     * @param more what decides about further classes, in this order: what one of them refuses is refused, and what one
     *     of them allows needs no leave of this filter; {@link ObjectInputFilter.Config#createFilter} makes such from
     *     patterns, as in {@code java.awt.Point;!com.example.internal.**}
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public static SerialFilter of(long maxBytes, ObjectInputFilter... more) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("expected a number of bytes, found " + maxBytes);
        }
        return new SerialFilter(maxBytes, List.of(more));
    }

    @Override
    public Status checkInput(FilterInfo info) {
        Objects.requireNonNull(info, "info");
        if (isTooMuch(info) || isRefused(ObjectInputFilter.Config.getSerialFilter(), info)) {
            return Status.REJECTED;
        }
        boolean allowed = false;
        for (ObjectInputFilter each : more) {
            Status status = each.checkInput(info);
            if (status == Status.REJECTED) {
                return status;
            }
            allowed |= status == Status.ALLOWED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        return allowed || ALLOWED.get(type) ? Status.ALLOWED : Status.REJECTED;
    }

    private static boolean isRefused(@Nullable ObjectInputFilter filter, FilterInfo info) {
        return filter != null && filter.checkInput(info) == Status.REJECTED;
    }

    private boolean isTooMuch(FilterInfo info) {
        if (info.depth() > MAX_DEPTH || info.streamBytes() > maxBytes) {
            return true;
        }
        Class<?> type = info.serialClass();
        if (info.arrayLength() < 0 || type == null || !type.isArray()) {
            return false;
        }
        // of all arrays together: each could claim the rest of the stream for itself, one inside the other
        Class<?> component = type.getComponentType();
        if (component.isPrimitive()) {
            primitiveBytes += info.arrayLength() * bytesOf(component);
            return primitiveBytes > maxBytes;
        }
        places += Math.max(0, info.arrayLength() - SPARE_PLACES);
        return places / PLACES_PER_BYTE > maxBytes;
    }

    private static long bytesOf(Class<?> primitive) {
        if (primitive == long.class || primitive == double.class) {
            return Long.BYTES;
        }
        if (primitive == int.class || primitive == float.class) {
            return Integer.BYTES;
        }
        return primitive == byte.class || primitive == boolean.class ? 1 : Short.BYTES;
    }

    private static Class<?> element(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    private static boolean isAllowed(Class<?> type) {
        if (type.isPrimitive()) {
            return true;
        }
        if (Proxy.isProxyClass(type)) {
            return false;
        }
        if (!isOfJdk(type)) {
            return true;
        }
        return PACKAGES.contains(type.getPackageName()) || CLASSES.contains(type.getName()) || isPlain(type);
    }

    /** Returns whether it is an exception or enum of the Java platform that holds nothing but data. */
    private static boolean isPlain(Class<?> type) {
        String module = String.valueOf(type.getModule().getName());
        return (Throwable.class.isAssignableFrom(type) || Enum.class.isAssignableFrom(type))
                && module.startsWith("java.")
                && !ACTING_MODULES.contains(module);
    }

    /** Some of the JDK's modules are loaded as applications are, so the loader alone does not tell. */
    private static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        String module = String.valueOf(type.getModule().getName());
        return loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || module.startsWith("java.")
                || module.startsWith("jdk.");
    }
}
