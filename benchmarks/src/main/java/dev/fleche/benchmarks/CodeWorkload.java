package dev.fleche.benchmarks;

import dev.fleche.code.CodeManifest;
import dev.fleche.code.FunctionCode;
import dev.fleche.code.FunctionCodes;
import dev.fleche.code.ReachedCode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What the digest of a function's code is measured by; prints a name and a figure a line.
 *
 * <p>Each repetition has a class loader of its own, so that everything is read again; the first one is the first
 * analysis of the process.
 */
final class CodeWorkload {

    private static final int REPETITIONS = 21;
    private static final long PACK_LIMIT_NANOS = 20_000_000_000L;

    private CodeWorkload() {}

    /** A step whose time is taken. */
    private interface Step {
        void run(ClassLoader loader, Method function) throws Exception;
    }

    /**
     * Runs {@code ours}, {@code asm}, {@code locate} or {@code load}.
     *
     * @param arguments the side; the root as {@code class.method}; the file for or with the names of the classes
     *     reached, or to be loaded; for ours, perhaps the directory in which a pack is to be waited for
     */
    public static void main(String[] arguments) throws Exception {
        String root = arguments[1];
        Path names = Path.of(arguments[2]);
        List<Double> millis = new ArrayList<>();
        if (arguments[0].equals("asm")) {
            List<String> classes = Files.readAllLines(names);
            repeat(millis, root, (loader, function) -> readAll(loader, classes));
        } else if (arguments[0].equals("load")) {
            List<String> classes = Files.readAllLines(names);
            repeat(millis, root, (loader, function) -> loadAll(classes));
        } else if (arguments[0].equals("locate")) {
            List<String> classes = Files.readAllLines(names);
            repeat(millis, root, (loader, function) -> locateAll(loader, classes));
        } else {
            repeat(millis, root, (loader, function) -> analyse(function));
            report(root, names);
        }
        System.out.println("firstMillis " + millis.get(0));
        System.out.println("secondMillis " + millis.get(1));
        double[] later = millis.subList(1, millis.size()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        System.out.println("laterMillis " + later[later.length / 2]);
        if (arguments.length > 3) {
            awaitPack(Path.of(arguments[3]));
        }
    }

    /** Before the clock starts: whoever calls a function has loaded its class and digested its arguments. */
    private static void repeat(List<Double> millis, String root, Step step) throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            try (URLClassLoader loader = loader()) {
                Method function = function(loader, root);
                MessageDigest.getInstance("SHA-256").digest(new byte[64]);
                long start = System.nanoTime();
                step.run(loader, function);
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
    }

    /** Returns a loader that has the library for itself. */
    private static URLClassLoader loader() {
        URL jar = org.hipparchus.util.FastMath.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        return new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    private static Method function(ClassLoader loader, String root) throws ReflectiveOperationException {
        int dot = root.lastIndexOf('.');
        Class<?> owner = Class.forName(root.substring(0, dot), false, loader);
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(each -> each.getName().equals(root.substring(dot + 1)))
                .min((one, other) -> one.toString().compareTo(other.toString()))
                .orElseThrow(() -> new IllegalArgumentException(root + " is no method"));
    }

    private static ReachedCode analyse(Method function) {
        return FunctionCodes.of(new FunctionCode.Scope(function, List.of(), List.of(), true))
                .reached(null, Set.of());
    }

    private static void report(String root, Path names) throws Exception {
        try (URLClassLoader loader = loader()) {
            ReachedCode code = analyse(function(loader, root));
            List<String> classes = new ArrayList<>(code.all().entries().stream()
                    .filter(entry -> entry.kind() == CodeManifest.Kind.CLASS)
                    .map(CodeManifest.Entry::name)
                    .toList());
            String own = root.substring(0, root.lastIndexOf('.'));
            if (!classes.contains(own)) {
                classes.add(own);
            }
            Files.write(names, classes);
            System.out.println("classes " + classes.size());
            System.out.println("methods " + code.methods());
        }
    }

    /** Reads class files as anybody would who looks at every instruction, and does nothing with them. */
    private static void readAll(ClassLoader loader, List<String> classes) throws IOException {
        for (String name : classes) {
            try (InputStream in =
                    Objects.requireNonNull(loader.getResourceAsStream(name.replace('.', '/') + ".class"), name)) {
                new ClassReader(in.readAllBytes())
                        .accept(
                                new ClassVisitor(Opcodes.ASM9) {
                                    @Override
                                    public MethodVisitor visitMethod(
                                            int access,
                                            String method,
                                            String descriptor,
                                            String signature,
                                            String[] exceptions) {
                                        return new MethodVisitor(Opcodes.ASM9) {};
                                    }
                                },
                                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        }
    }

    /** Loads and initialises classes of this program: nothing after the first time. */
    private static void loadAll(List<String> classes) throws ClassNotFoundException {
        for (String name : classes) {
            Class.forName(name, true, CodeWorkload.class.getClassLoader());
        }
    }

    /** Asks where the class files are, and whether they are still the same: the least that a memory of them costs. */
    private static void locateAll(ClassLoader loader, List<String> classes) throws IOException {
        String jar = "";
        for (String name : classes) {
            String url = Objects.requireNonNull(loader.getResource(name.replace('.', '/') + ".class"), name)
                    .toExternalForm();
            String root = url.substring("jar:file:".length(), url.indexOf("!/"));
            if (!root.equals(jar)) {
                jar = root;
                Files.getLastModifiedTime(Path.of(jar));
            }
        }
    }

    /** The pack is written in the background, and would be lost with the process. */
    private static void awaitPack(Path directory) throws IOException {
        long end = System.nanoTime() + PACK_LIMIT_NANOS;
        while (!hasPack(directory)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no pack has come into " + directory);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean hasPack(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".pack"));
        }
    }
}
