package dev.fleche.processes;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options of this JVM that a worker needs to see classes as this program does.
 *
 * <p>Modules, assertions and preview features are inherited, and the JVM-wide filter of deserialization. Agents,
 * memory, garbage collector and system properties are not: debuggers and profilers are for this process, and the rest
 * is the user's choice for the pool.
 */
final class ParentOptions {

    private static final Set<String> WITH_VALUE = Set.of(
            "--add-modules",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--limit-modules",
            "--upgrade-module-path",
            "--patch-module",
            "--enable-native-access");
    private static final List<String> FILTERS = List.of("jdk.serialFilter", "jdk.serialFilterFactory");

    private ParentOptions() {}

    /** Returns those of this process. */
    static List<String> inherited() {
        List<String> inherited = new ArrayList<>();
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        inherited.addAll(select(hasFile(arguments) ? ManagedOptions.all() : arguments));
        for (String filter : FILTERS) {
            String value = System.getProperty(filter);
            if (value != null) {
                inherited.add("-D" + filter + "=" + value);
            }
        }
        return inherited;
    }

    /** Returns whether some options stand in a file, where we do not see them. */
    private static boolean hasFile(String[] arguments) {
        for (String argument : arguments) {
            if (argument.startsWith("@")) {
                return true;
            }
        }
        return arguments.length == 0;
    }

    /** Returns the options to inherit, up to the main class. */
    static List<String> select(String... arguments) {
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < arguments.length && arguments[i].startsWith("-"); i++) {
            String argument = arguments[i];
            if (isClassPath(argument)) {
                i++;
            } else if (WITH_VALUE.contains(argument) && i + 1 < arguments.length) {
                selected.add(argument + "=" + absolute(argument, arguments[++i]));
            } else if (isWanted(argument)) {
                int value = argument.indexOf('=');
                selected.add(
                        value < 0
                                ? argument
                                : argument.substring(0, value + 1)
                                        + absolute(argument.substring(0, value), argument.substring(value + 1)));
            }
        }
        return selected;
    }

    private static boolean isClassPath(String argument) {
        return argument.equals("-cp")
                || argument.equals("-classpath")
                || argument.equals("--class-path")
                || argument.equals("-p")
                || argument.equals("--module-path");
    }

    private static boolean isWanted(String argument) {
        int value = argument.indexOf('=');
        return (value > 0 && WITH_VALUE.contains(argument.substring(0, value)))
                || argument.equals("--enable-preview")
                || argument.equals("-esa")
                || argument.equals("-dsa")
                || argument.startsWith("-enableassertions")
                || argument.startsWith("-disableassertions")
                || argument.equals("-ea")
                || argument.equals("-da")
                || argument.startsWith("-ea:")
                || argument.startsWith("-da:")
                || argument.equals("-enablesystemassertions");
    }

    private static String absolute(String option, String value) {
        if (option.equals("--upgrade-module-path")) {
            return Paths.absolute(value);
        }
        int path = value.indexOf('=');
        return option.equals("--patch-module") && path >= 0
                ? value.substring(0, path + 1) + Paths.absolute(value.substring(path + 1))
                : value;
    }

    /** Paths that hold in another working directory too. */
    static final class Paths {

        private Paths() {}

        /** Returns a class path or module path, each of its entries absolute; an empty entry is this directory. */
        static String absolute(String path) {
            StringBuilder absolute = new StringBuilder();
            int start = 0;
            while (start <= path.length()) {
                int end = path.indexOf(File.pathSeparatorChar, start);
                end = end < 0 ? path.length() : end;
                absolute.append(start == 0 ? "" : File.pathSeparator).append(entry(path.substring(start, end)));
                start = end + 1;
            }
            return absolute.toString();
        }

        /** A star at the end stands for all jars of a directory, and {@code java.class.path} has it expanded. */
        private static String entry(String entry) {
            return new File(entry).getAbsolutePath();
        }
    }
}
