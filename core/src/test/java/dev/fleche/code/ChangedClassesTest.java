package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Opaque;
import dev.fleche.code.Classes.User;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedClassesTest {

    @TempDir
    private Path directory;

    private Path model;

    @BeforeEach
    void compile() throws IOException {
        model = Programs.compile(
                directory.resolve("model/classes"),
                "package com.acme; public class Model { static int a() { return 1; } }",
                "package com.acme; public class Part { static int b() { return 1; } }");
    }

    @Test
    void aClassThatWasRebuiltMayNotBeTheOneThatRuns() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            LoadedClasses classes = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of());
            Programs.rebuildLater(model.resolve("com/acme/Part.class"));

            assertThat(classes.find("com/acme/Part"))
                    .isEqualTo(new Opaque("com.acme.Part was rebuilt while the program ran", ThisProcess.NUMBER));
            assertThat(classes.find("com/acme/Model")).isInstanceOf(User.class);
        }
    }

    @Test
    void whatIsDecidedStaysForTheLifeOfTheClassLoader() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            Class<?> function = loader.loadClass("com.acme.Model");
            Classes.Known before = LoadedClasses.of(function, List.of()).find("com/acme/Model");
            Programs.rebuildLater(model.resolve("com/acme/Model.class"));

            assertThat(LoadedClasses.of(function, List.of()).find("com/acme/Model"))
                    .isInstanceOf(User.class)
                    .isEqualTo(before);
        }
    }

    @Test
    void aClassLoaderMadeAfterwardsSeesTheRebuiltClass() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of()).find("com/acme/Model");
        }
        Programs.compile(model, "package com.acme; public class Model { static int a() { return 2; } }");
        byte[] bytes = Files.readAllBytes(model.resolve("com/acme/Model.class"));
        try (URLClassLoader loader = Programs.loader(model)) {
            LoadedClasses classes = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of());

            assertThat(classes.find("com/acme/Model")).isEqualTo(new User(ClassSummaries.read(bytes)));
        }
    }

    @Test
    void theParentMayHaveLoadedAClassLongAgo() throws Exception {
        try (URLClassLoader parent = Programs.loader(model)) {
            LoadedClasses.of(parent.loadClass("com.acme.Model"), List.of());
            Programs.rebuildLater(model.resolve("com/acme/Part.class"));
            Path function = Programs.compile(directory.resolve("f"), "public class Function {}");
            try (URLClassLoader loader = Programs.loader(parent, function)) {
                LoadedClasses classes = LoadedClasses.of(loader.loadClass("Function"), List.of());

                assertThat(classes.find("com/acme/Part")).isInstanceOf(Opaque.class);
            }
        }
    }

    @Test
    void aJarThatWasReplacedIsUnknownAsUserCodeAndAsLibrary() throws Exception {
        Path jar = Programs.jar(directory.resolve("a.jar"), model, Programs.pom("org.other", "b", "1"));
        Path function = Programs.compile(directory.resolve("f"), "public class Function {}");
        try (URLClassLoader loader = Programs.loader(function, jar)) {
            Class<?> user = loader.loadClass("com.acme.Model");
            LoadedClasses library = LoadedClasses.of(loader.loadClass("Function"), List.of());
            assertThat(library.find("com/acme/Model")).isInstanceOf(Foreign.class);
            Path aside = Programs.jar(directory.resolve("b.jar"), model, Programs.pom("org.other", "b", "2"));
            Programs.rebuildLater(aside);
            Files.move(aside, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThat(library.find("com/acme/Part")).isInstanceOf(Opaque.class);
            assertThat(LoadedClasses.of(user, List.of()).find("com/acme/Part")).isInstanceOf(Opaque.class);
            assertThat(library.sourceDigest("com/acme/Part")).isEqualTo(ThisProcess.NUMBER);
        }
    }

    @Test
    void theContentOfADirectoryIsItsDigest() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            LoadedClasses classes = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of());
            String before = classes.sourceDigest("com/acme/Model");
            assertThat(before).hasSize(64);

            Files.writeString(model.resolve("native.so"), "code");
            try (URLClassLoader later = Programs.loader(model)) {
                LoadedClasses again = LoadedClasses.of(later.loadClass("com.acme.Model"), List.of());
                assertThat(again.sourceDigest("com/acme/Model")).hasSize(64).isNotEqualTo(before);
            }
        }
    }

    @Test
    void aClassFromMemoryIsTheUsers() throws Exception {
        byte[] bytes = Files.readAllBytes(model.resolve("com/acme/Model.class"));
        Class<?> type = new MemoryLoader(Map.of("com.acme.Model", bytes), 0).loadClass("com.acme.Model");

        assertThat(LoadedClasses.of(type, List.of()).find("com/acme/Model"))
                .isEqualTo(new User(ClassSummaries.read(bytes)));
    }

    @Test
    void aClassFromElsewhereThatWasRebuiltIsUnknown() throws Exception {
        byte[] bytes = Files.readAllBytes(model.resolve("com/acme/Model.class"));
        long later = System.currentTimeMillis() + 5000;
        Class<?> type = new MemoryLoader(Map.of("com.acme.Model", bytes), later).loadClass("com.acme.Model");

        assertThat(LoadedClasses.of(type, List.of()).find("com/acme/Model")).isInstanceOf(Opaque.class);
    }

    /** A class loader with URLs of its own kind. */
    static final class MemoryLoader extends ClassLoader {

        private final Map<String, byte[]> classes;
        private final long modified;

        MemoryLoader(Map<String, byte[]> classes, long modified) {
            super(ChangedClassesTest.class.getClassLoader());
            this.classes = classes;
            this.modified = modified;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected @Nullable URL findResource(String name) {
            byte[] bytes = classes.get(name.replace('/', '.').replaceFirst("\\.class$", ""));
            return bytes == null ? null : url(name, bytes);
        }

        @SuppressWarnings("deprecation") // there is no other way with a handler on Java 17
        private URL url(String name, byte[] bytes) {
            try {
                return new URL("memory", "", -1, "/" + name, new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return connection(url, bytes);
                    }
                });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private URLConnection connection(URL url, byte[] bytes) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public long getLastModified() {
                    return modified;
                }
            };
        }
    }
}
