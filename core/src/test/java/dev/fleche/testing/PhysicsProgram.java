package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Memo1;
import dev.fleche.Memo2;
import dev.fleche.Option;
import dev.fleche.cache.Cache;
import dev.fleche.digest.Digester;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A small program, compiled at run time and loaded apart from the tests: a function with a helper and a library, each
 * of which can be another.
 *
 * <p>{@code acme.Physics.relax(Mesh, int)} returns an array of 300 numbers, too long for a record; its helper is
 * {@code acme.Lattice.energy(double)}, its library {@code org.lib:scales}.
 */
public final class PhysicsProgram implements AutoCloseable {

    /** Surefire hides the class path in the manifest of a jar. */
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private static final String PHYSICS = """
            package acme;

            import dev.fleche.*;
            import dev.fleche.annotation.Ignored;
            import java.util.concurrent.CompletableFuture;

            public final class Physics {
                public record Mesh(double h, int cells) {}

                public static double[] relax(Mesh mesh, int steps) {
                    double[] field = new double[300];
                    java.util.Arrays.fill(field, Lattice.energy(mesh.h()) * steps + %1$s);
                    return field;
                }

                public static Memo2<Mesh, Integer, double[]> memo(Option... options) {
                    return Fleche.of(Physics::relax, options);
                }

                public static CompletableFuture<Double> later(double h) {
                    return CompletableFuture.completedFuture(Lattice.energy(h));
                }

                public static Memo1<Double, CompletableFuture<Double>> laterMemo(Option... options) {
                    return Fleche.of(Physics::later, options);
                }

                public static double quiet(double h, @Ignored boolean verbose) {
                    return Lattice.energy(h);
                }

                public static Memo2<Double, Boolean, Double> quietMemo(Option... options) {
                    return Fleche.of(Physics::quiet, options);
                }

                private static final Memo1<Double, Double> ENERGY =
                        Fleche.of(Physics::energy, Option.onCodeChange(dev.fleche.annotation.CodeChange.ADOPT));

                public static double energy(double h) {
                    return Lattice.energy(h);
                }

                public static double outer(double h) {
                    return ENERGY.apply(h) + 1;
                }

                public static Memo1<Double, Double> outerMemo(Option... options) {
                    return Fleche.of(Physics::outer, options);
                }

                public record Solver(double factor) {
                    public double solve(double h) {
                        return factor * Lattice.energy(h);
                    }
                }

                public static Memo1<Double, Double> solver(double factor) {
                    return Fleche.of(new Solver(factor)::solve);
                }

                public static Memo1<Integer, Integer> lambda(Option... options) {
                    return Fleche.of((Integer i) -> i + %2$s * (int) Lattice.energy(1), options);
                }

                public static Object mesh(double h, int cells) {
                    return new Mesh(h, cells);
                }
            }
            """;

    private static final String LATTICE = """
            package acme;

            final class Lattice {
                static double energy(double h) {
                    return %s;
                }
            }
            """;

    private static final String SCALES = """
            package org.lib;

            public final class Scales {
                public static double scale(double h) {
                    return h;
                }
            }
            """;

    private final URLClassLoader loader;

    private PhysicsProgram(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Compiles and loads a program.
     *
     * @param directory where the files of programs are put, each compiled once
     * @param energy what the helper returns
     */
    public static PhysicsProgram of(Path directory, String energy) {
        return of(directory, energy, "mesh.cells()", "1.0");
    }

    /**
     * Compiles and loads a program.
     *
     * @param directory where the files of programs are put, each compiled once
     * @param energy what the helper returns
     * @param own what the function itself adds to the energy
     * @param libraryVersion the version of the library
     */
    public static PhysicsProgram of(Path directory, String energy, String own, String libraryVersion) {
        try {
            Path home = directory.resolve(Digester.standard()
                    .digest(List.of(energy, own, libraryVersion))
                    .prefix(12));
            Path classes = home.resolve("classes");
            Path library = home.resolve("scales.jar");
            if (!Files.exists(home)) {
                Files.createDirectories(classes);
                makeLibrary(home, library, libraryVersion);
                compile(
                        classes,
                        CLASS_PATH + File.pathSeparator + library,
                        write(home, "acme/Physics.java", PHYSICS.formatted(own, own.length())),
                        write(home, "acme/Lattice.java", LATTICE.formatted(energy)));
            }
            return new PhysicsProgram(
                    new URLClassLoader(new URL[] {url(classes), url(library)}, PhysicsProgram.class.getClassLoader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeLibrary(Path home, Path jar, String version) throws IOException {
        Path classes = Files.createDirectory(home.resolve("lib"));
        compile(classes, "", write(home, "org/lib/Scales.java", SCALES));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("META-INF/maven/org.lib/scales/pom.properties"));
            entries.write(("groupId=org.lib\nartifactId=scales\nversion=" + version + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            entries.putNextEntry(new JarEntry("org/lib/Scales.class"));
            entries.write(Files.readAllBytes(classes.resolve("org/lib/Scales.class")));
        }
    }

    private static Path write(Path home, String name, String source) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, source);
    }

    private static void compile(Path classes, String classPath, Path... sources) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        List<String> options =
                new ArrayList<>(List.of("-d", classes.toString(), "-parameters", "-proc:none", "-cp", classPath));
        for (Path source : sources) {
            options.add(source.toString());
        }
        assertThat(compiler.run(null, null, null, options.toArray(String[]::new)))
                .isZero();
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    /** Returns the function in a cache. */
    @SuppressWarnings("unchecked") // the program is the one above
    public Memo2<Object, Integer, double[]> relax(Cache cache, Option... options) {
        return ((Memo2<Object, Integer, double[]>) run("memo", (Object) options)).in(cache);
    }

    /** Returns a function in a cache that yields what the helper does. */
    @SuppressWarnings("unchecked") // as above
    public Memo1<Double, CompletableFuture<Double>> later(Cache cache, Option... options) {
        return ((Memo1<Double, CompletableFuture<Double>>) run("laterMemo", (Object) options)).in(cache);
    }

    /** Returns a function in a cache that does the same, and whose second argument takes no part in the key. */
    @SuppressWarnings("unchecked") // as above
    public Memo2<Double, Boolean, Double> quiet(Cache cache, Option... options) {
        return ((Memo2<Double, Boolean, Double>) run("quietMemo", (Object) options)).in(cache);
    }

    /** Returns a function whose body calls a memo that adopts; both are in the cache of the scope. */
    @SuppressWarnings("unchecked") // as above
    public Memo1<Double, Double> outer(Option... options) {
        return (Memo1<Double, Double>) run("outerMemo", (Object) options);
    }

    /** Returns the method of an object in a cache, which multiplies what the helper returns. */
    @SuppressWarnings("unchecked") // as above
    public Memo1<Double, Double> solver(double factor, Cache cache) {
        return ((Memo1<Double, Double>) run("solver", factor)).in(cache);
    }

    /** Returns an unnamed lambda in a cache. */
    @SuppressWarnings("unchecked") // as above
    public Memo1<Integer, Integer> lambda(Cache cache, Option... options) {
        return ((Memo1<Integer, Integer>) run("lambda", (Object) options)).in(cache);
    }

    /** Returns an argument of the function. */
    public Object mesh(double h, int cells) {
        return run("mesh", h, cells);
    }

    private Object run(String name, Object... arguments) {
        try {
            for (Method method : loader.loadClass("acme.Physics").getMethods()) {
                if (method.getName().equals(name)) {
                    return Objects.requireNonNull(method.invoke(null, arguments));
                }
            }
            throw new IllegalArgumentException(name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
