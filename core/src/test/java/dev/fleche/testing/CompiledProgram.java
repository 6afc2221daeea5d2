package dev.fleche.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A program that is compiled while a test runs, and loaded apart from it: one of several versions. */
public final class CompiledProgram implements AutoCloseable {

    private final URLClassLoader loader;
    private final Path classes;

    private CompiledProgram(URLClassLoader loader, Path classes) {
        this.loader = loader;
        this.classes = classes;
    }

    /** Returns the directory of its class files. */
    public Path classes() {
        return classes;
    }

    /**
     * Compiles and loads classes into a new directory.
     *
     * @param directory where to put it
     * @param sources the text of each class, by its name
     */
    public static CompiledProgram of(Path directory, Map<String, String> sources) {
        try {
            Path home = Files.createTempDirectory(directory, "program");
            Path classes = Files.createDirectory(home.resolve("classes"));
            List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-nowarn", "-cp"));
            arguments.add(System.getProperty("java.class.path")
                    + File.pathSeparator
                    + System.getProperty("jdk.module.path", ""));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = home.resolve(source.getKey().replace('.', '/') + ".java");
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                arguments.add(Files.writeString(file, source.getValue()).toString());
            }
            int code = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK")
                    .run(null, null, null, arguments.toArray(String[]::new));
            if (code != 0) {
                throw new IllegalArgumentException("the program does not compile: " + sources);
            }
            return new CompiledProgram(
                    new URLClassLoader(new URL[] {classes.toUri().toURL()}, CompiledProgram.class.getClassLoader()),
                    classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a public static method returns that has no namesake in its public class. */
    public @Nullable Object run(String className, String methodName, @Nullable Object... arguments) {
        try {
            for (Method method : loader.loadClass(className).getMethods()) {
                if (method.getName().equals(methodName)) {
                    return method.invoke(null, arguments);
                }
            }
            throw new IllegalArgumentException(className + " has no method " + methodName);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
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
