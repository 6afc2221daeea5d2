package dev.fleche.code;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hipparchus.util.FastMath;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the {@linkplain MutationCheck check}: on a generated program, and on a real library.
 *
 * <p>{@link #main} runs it at length.
 */
final class MutationRun {

    /** What is changed in the library. */
    static final List<String> PACKAGES =
            List.of("org/hipparchus/special", "org/hipparchus/distribution/continuous", "org/hipparchus/linear");

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int ARGUMENT = 3;

    private MutationRun() {}

    /** Runs the check on {@code args[0]} generated programs and {@code args[1]} calls of the library. */
    public static void main(String[] args) throws Exception {
        int programs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int calls = args.length > 1 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime() >>> 20;
        for (int i = 0; i < programs; i++) {
            Path directory = Files.createTempDirectory("generated");
            report("generated program of seed " + (seed + i), program(seed + i, directory));
        }
        report("library, seed " + seed, library(seed, calls));
    }

    private static void report(String what, MutationCheck.Outcome outcome) {
        System.out.println(what + ": " + outcome);
        outcome.misses().forEach(miss -> System.out.println("  missed: " + miss));
    }

    /** Checks every function of the program that {@code seed} draws; its class files go to {@code directory}. */
    static MutationCheck.Outcome program(long seed, Path directory) throws Exception {
        GeneratedProgram program = GeneratedProgram.of(seed);
        Map<String, byte[]> files = CompiledSources.compile(program.sources());
        try (URLClassLoader loader = loader(files, directory)) {
            TracedClasses traced = new TracedClasses(files);
            List<MutationCheck.Root> roots = new ArrayList<>();
            for (String name : program.sources().keySet()) {
                Method function = Class.forName(name, false, loader).getDeclaredMethod("f", int.class);
                Set<MethodId> entered = traced.entered(other -> () -> runProgram(name, other), LIMIT_NANOS);
                roots.add(new MutationCheck.Root(name + ".f", function, null, Set.of(), entered));
            }
            LoadedClasses classes = LoadedClasses.of(roots.get(0).executable().getDeclaringClass(), List.of());
            return new MutationCheck(files, analysis(classes)).of(roots);
        }
    }

    private static void runProgram(String name, ClassLoader loader) throws ReflectiveOperationException {
        Method function = Class.forName(name, true, loader).getDeclaredMethod("f", int.class);
        function.setAccessible(true);
        function.invoke(null, ARGUMENT);
    }

    /** Writes class files to a directory and returns a loader of them. */
    static URLClassLoader loader(Map<String, byte[]> files, Path directory) throws Exception {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey() + ".class");
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, MutationRun.class.getClassLoader());
    }

    /** Checks at most {@code count} calls of the library, drawn by {@code seed}. */
    static MutationCheck.Outcome library(long seed, int count) throws Exception {
        LibraryCalls library = new LibraryCalls(FastMath.class);
        List<LibraryCalls.LibraryCall> calls = library.calls(PACKAGES, seed);
        TracedClasses traced = new TracedClasses(library.files());
        List<MutationCheck.Root> roots = new ArrayList<>();
        for (LibraryCalls.LibraryCall call : calls.subList(0, Math.min(count, calls.size()))) {
            Set<MethodId> entered = traced.entered(call::prepare, LIMIT_NANOS);
            entered.removeIf(method -> !PACKAGES.contains(packageOf(method.owner())));
            Set<Class<?>> met = new LinkedHashSet<>();
            Class<?> receiver = receiver(call, library.files().keySet(), met);
            roots.add(new MutationCheck.Root(
                    call.method() + " on " + call.receiver() + " with " + call.inputs(),
                    call.method(),
                    receiver,
                    met,
                    entered));
        }
        LoadedClasses classes = LoadedClasses.of(FastMath.class, List.of());
        return new MutationCheck(library.files(), analysis(classes)).of(roots);
    }

    private static String packageOf(String internalName) {
        return internalName.substring(0, internalName.lastIndexOf('/'));
    }

    /** Returns the class of the receiver, and adds those of all objects that the call is given. */
    private static @Nullable Class<?> receiver(LibraryCalls.LibraryCall call, Set<String> names, Set<Class<?>> met)
            throws IllegalAccessException {
        ClassLoader loader = MutationRun.class.getClassLoader();
        try {
            Object receiver =
                    call.receiver().isPresent() ? call.receiver().get().make(loader) : null;
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            collect(receiver, names, seen, met);
            collect(Recipe.made(call.inputs(), loader), names, seen, met);
            return receiver == null ? null : receiver.getClass();
        } catch (ReflectiveOperationException refused) {
            // the inputs cannot be made: the call ends before it enters the method
            return call.receiver().isPresent() ? call.method().getDeclaringClass() : null;
        }
    }

    private static void collect(@Nullable Object value, Set<String> names, Set<Object> seen, Set<Class<?>> met)
            throws IllegalAccessException {
        if (value == null || !seen.add(value)) {
            return;
        }
        Class<?> type = value.getClass();
        if (type.isArray() && !type.getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                collect(Array.get(value, i), names, seen, met);
            }
        }
        if (!names.contains(type.getName().replace('.', '/'))) {
            return;
        }
        met.add(type);
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && isOpen(field)) {
                    collect(field.get(value), names, seen, met);
                }
            }
        }
    }

    private static boolean isOpen(Field field) {
        try {
            field.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException ofTheJdk) {
            return false;
        }
    }

    private static MutationCheck.Analysis analysis(Classes classes) {
        return (root, replaced) ->
                Reach.from(new Replaced(classes, replaced), roots(root)).all();
    }

    /** Classes of which some are replaced. */
    private record Replaced(Classes others, Map<String, ClassSummary> summaries) implements Classes {

        @Override
        public Known find(String name) {
            ClassSummary summary = summaries.get(name);
            return summary == null ? others.find(name) : new User(summary);
        }

        @Override
        public String sourceDigest(String name) {
            return others.sourceDigest(name);
        }
    }

    private static Roots roots(MutationCheck.Root root) {
        Method method = (Method) root.executable();
        boolean isVirtual = !Modifier.isStatic(method.getModifiers());
        List<String> met = root.met().stream()
                .map(type -> type.getName().replace('.', '/'))
                .toList();
        return new Roots(
                new MethodId(
                        method.getDeclaringClass().getName().replace('.', '/'),
                        method.getName(),
                        org.objectweb.asm.Type.getMethodDescriptor(method)),
                isVirtual,
                root.receiver() == null ? null : root.receiver().getName().replace('.', '/'),
                met,
                List.of(),
                true);
    }
}
