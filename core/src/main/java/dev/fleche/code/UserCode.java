package dev.fleche.code;

import dev.fleche.code.Place.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is a user's code, and what a library's.
 *
 * <p>The user's are the directory or jar of the function's class, all directories, all jars whose group id is that of
 * the function's or below it, and the jars of classes that the user names. Immutable.
 */
final class UserCode {

    /** The packages of logging: a log line is no reason to compute anything again. */
    private static final List<String> LOGGING = List.of(
            "org/slf4j/",
            "org/apache/logging/log4j/",
            "org/apache/log4j/",
            "org/apache/commons/logging/",
            "org/jboss/logging/",
            "ch/qos/logback/",
            "io/github/oshai/kotlinlogging/");

    /** Our own package, wherever a build may have moved it. */
    private static final String OWN = ownPackage();

    private static final @Nullable String OWN_ROOT = root(OWN + "code/UserCode");
    private static final @Nullable String PROCESSES_ROOT = root(OWN + "processes/ProcessPool");
    private static final String PROCESSES = "processes/";
    private static final String OWN_GROUP = "dev.fleche";
    private static final List<String> OWN_PACKAGES =
            List.of("", "annotation/", "digest/", "code/", "codec/", "record/", "storage/", "cache/", PROCESSES);

    private final Set<String> roots;
    private final @Nullable String group;
    private final boolean logging;

    private UserCode(Set<String> roots, @Nullable String group, boolean logging) {
        this.roots = roots;
        this.group = group;
        this.logging = logging;
    }

    static UserCode of(Class<?> function, Collection<Class<?>> named) {
        Set<String> roots = new HashSet<>();
        Optional<Source> source = source(function);
        addRoot(source, roots);
        for (Class<?> each : named) {
            addRoot(source(each), roots);
        }
        Optional<Coordinates> coordinates = source.isPresent() ? source.get().coordinates() : Optional.empty();
        String group = coordinates.isPresent() ? coordinates.get().group() : null;
        return new UserCode(roots, group, isLogging(internalName(function)));
    }

    private static void addRoot(Optional<Source> source, Set<String> roots) {
        if (source.isPresent()) {
            roots.add(source.get().root());
        }
    }

    private static @Nullable String root(String name) {
        Optional<ClassFile> file =
                ClassFiles.of(UserCode.class.getClassLoader()).find(name);
        return file.isPresent() ? file.get().source().root() : null;
    }

    private static Optional<Source> source(Class<?> type) {
        Optional<ClassFile> file = ClassFiles.of(type.getClassLoader()).find(internalName(type));
        return file.isPresent() ? Optional.of(file.get().source()) : Optional.empty();
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static String ownPackage() {
        String name = internalName(UserCode.class);
        String code = name.substring(0, name.lastIndexOf('/'));
        return code.substring(0, code.lastIndexOf('/') + 1);
    }

    /** Returns whether a directory or jar is the user's. */
    boolean contains(Source source) {
        if (source.isProgram() || roots.contains(source.root())) {
            return true;
        }
        return group != null && isUnder(group, source);
    }

    /** Returns whether a class counts neither as the user's nor as a library's: ours and those of logging. */
    boolean isLeftOut(String name, Source source) {
        return isOwn(name, source) || (!logging && isLogging(name) && !contains(source));
    }

    private static boolean isLogging(String name) {
        for (String start : LOGGING) {
            if (name.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** Tests and others may share our packages, but not our directory. */
    private boolean isOwn(String name, Source source) {
        if (name.startsWith(OWN)) {
            String rest = name.substring(OWN.length(), Math.max(OWN.length(), name.lastIndexOf('/') + 1));
            String root = rest.equals(PROCESSES) ? PROCESSES_ROOT : OWN_ROOT;
            if (OWN_PACKAGES.contains(rest) && source.root().equals(root)) {
                return true;
            }
        }
        return source.kind() == Kind.JAR && !contains(source) && isUnder(OWN_GROUP, source);
    }

    private static boolean isUnder(String group, Source source) {
        Optional<Coordinates> found = source.coordinates();
        return found.isPresent() && found.get().isUnder(group);
    }
}
