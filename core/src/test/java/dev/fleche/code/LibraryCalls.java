package dev.fleche.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A real library: its class files, and calls of its public methods with inputs drawn by a seed. */
final class LibraryCalls {

    /**
     * A call.
     *
     * @param method the method, in the class of the test's own loader
     * @param receiver how the receiver is made; empty for a static method
     * @param inputs how the arguments are made
     */
    record LibraryCall(Method method, Optional<Recipe> receiver, List<Recipe> inputs) {

        /** Makes the inputs with classes of {@code loader}, and returns the call of the same method of these. */
        EntryTrace.Body prepare(ClassLoader loader) throws ReflectiveOperationException {
            List<String> types = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                types.add(type.getName());
            }
            Class<?> owner = Class.forName(method.getDeclaringClass().getName(), true, loader);
            Method there = owner.getMethod(method.getName(), Recipe.Types.resolve(types, loader));
            Object object = receiver.isPresent() ? receiver.get().make(loader) : null;
            Object[] arguments = Recipe.made(inputs, loader);
            return () -> there.invoke(object, arguments);
        }
    }

    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<Class<?>> classes = new ArrayList<>();

    /** Reads the jar of {@code member}. */
    LibraryCalls(Class<?> member) {
        try (JarFile jar = new JarFile(Path.of(member.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.contains("-info")) {
                    files.put(
                            name.substring(0, name.length() - 6),
                            jar.getInputStream(entry).readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the class files by internal name. */
    Map<String, byte[]> files() {
        return files;
    }

    /** Returns all calls of public methods of public classes in {@code packages} for which inputs can be drawn. */
    List<LibraryCall> calls(List<String> packages, long seed) throws ClassNotFoundException {
        for (String name : files.keySet()) {
            if (packages.contains(name.substring(0, name.lastIndexOf('/')))) {
                classes.add(Class.forName(name.replace('/', '.'), false, LibraryCalls.class.getClassLoader()));
            }
        }
        Random random = new Random(seed);
        Recipe.Drawing drawing = new Recipe.Drawing(random, implementations());
        List<LibraryCall> calls = new ArrayList<>();
        for (Class<?> type : classes) {
            if (Modifier.isPublic(type.getModifiers())) {
                for (Method method : sorted(type.getDeclaredMethods())) {
                    if (Modifier.isPublic(method.getModifiers()) && !method.isBridge()) {
                        draw(method, drawing).ifPresent(calls::add);
                    }
                }
            }
        }
        Collections.shuffle(calls, random);
        return calls;
    }

    private static Optional<LibraryCall> draw(Method method, Recipe.Drawing drawing) {
        Optional<List<Recipe>> inputs = drawing.of(method.getParameterTypes(), 0);
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        if (Modifier.isStatic(method.getModifiers())) {
            return Optional.of(new LibraryCall(method, Optional.empty(), inputs.get()));
        }
        Optional<Recipe> receiver = drawing.made(method.getDeclaringClass(), 0);
        return receiver.map(made -> new LibraryCall(method, receiver, inputs.get()));
    }

    private static List<Method> sorted(Method[] methods) {
        List<Method> all = new ArrayList<>(List.of(methods));
        all.sort(Comparator.comparing(Method::toString));
        return all;
    }

    /** Returns what can be made, by the classes and interfaces that it is. */
    private Map<Class<?>, List<Class<?>>> implementations() {
        Map<Class<?>, List<Class<?>>> all = new HashMap<>();
        for (Class<?> type : classes) {
            int flags = type.getModifiers();
            boolean inner = type.isMemberClass() && !Modifier.isStatic(flags);
            if (Modifier.isPublic(flags) && !Modifier.isAbstract(flags) && !inner && !type.isEnum()) {
                for (Class<?> c = type; c != Object.class && c != null; c = c.getSuperclass()) {
                    add(all, c, type);
                    for (Class<?> each : c.getInterfaces()) {
                        add(all, each, type);
                    }
                }
            }
        }
        return all;
    }

    private static void add(Map<Class<?>, List<Class<?>>> all, Class<?> as, Class<?> type) {
        all.computeIfAbsent(as, key -> new ArrayList<>()).add(type);
    }
}
