package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Known;
import dev.fleche.code.Classes.Opaque;
import dev.fleche.code.Classes.User;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableClassesTest {

    private static final int MAJOR_VERSION = 7;

    @TempDir
    private Path directory;

    private Path model;

    @BeforeEach
    void compile() throws IOException {
        model = Programs.compile(
                directory.resolve("classes"),
                "package com.acme; public class Model {}",
                "package com.acme; public class Part { int a = 1; }");
    }

    @Test
    void aClassThatNobodyHasIsAbsentInEveryProcess() throws Exception {
        assertThat(find("com/acme/Gone")).isEqualTo(new Opaque("com.acme.Gone is not on the class path", "absent"));
    }

    @Test
    void aHiddenClassIsKnownInThisProcessAlone() throws Exception {
        Class<?> hidden = MethodHandles.lookup()
                .defineHiddenClass(bytes("dev/fleche/code/UnreadableClassesTest$Template.class"), false)
                .lookupClass();

        Known known = LoadedClasses.of(hidden, List.of()).find(hidden.getName().replace('.', '/'));

        assertThat(known)
                .isEqualTo(new Opaque(hidden.getName().replace('/', '.') + " has no class file", ThisProcess.NUMBER));
    }

    @Test
    void aClassThatSomebodyMadeIsKnownInThisProcessAlone() throws Exception {
        byte[] part = Files.readAllBytes(model.resolve("com/acme/Part.class"));
        Files.delete(model.resolve("com/acme/Part.class"));
        try (MakingLoader loader = new MakingLoader(model, part)) {
            LoadedClasses classes = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of());

            assertThat(classes.find("com/acme/Part"))
                    .isEqualTo(new Opaque("com.acme.Part has no class file", ThisProcess.NUMBER));
            assertThat(classes.sourceDigest("com/acme/Part")).isEqualTo(ThisProcess.NUMBER);
        }
    }

    @Test
    void aProxyHasNoClassFile() {
        Object proxy = java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, arguments) -> null);
        String name = proxy.getClass().getName().replace('.', '/');

        assertThat(LoadedClasses.of(getClass(), List.of()).find(name))
                .isEqualTo(new Opaque(proxy.getClass().getName() + " has no class file", ThisProcess.NUMBER));
    }

    @Test
    void aClassFileNewerThanWeKnowStandsForAllOfItsDirectory() throws Exception {
        Path file = model.resolve("com/acme/Part.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[MAJOR_VERSION] = 120;
        Files.write(file, bytes);

        Opaque first = (Opaque) find("com/acme/Part");
        assertThat(first.reason())
                .startsWith("com.acme.Part cannot be analysed: ")
                .contains("Java 76");
        assertThat(first.substitute()).hasSize(64);
        assertThat(find("com/acme/Part")).isEqualTo(first);

        Files.writeString(model.resolve("more"), "anything");
        assertThat(((Opaque) find("com/acme/Part")).substitute()).hasSize(64).isNotEqualTo(first.substitute());
    }

    @Test
    void aBrokenClassFileIsNeverRead() throws Exception {
        Path file = model.resolve("com/acme/Part.class");
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(file, Arrays.copyOf(bytes, length));

            assertThat(find("com/acme/Part")).as("%d bytes", length).isInstanceOf(Opaque.class);
        }
    }

    @Test
    void aBrokenClassFileOfALibraryMayHaveAnyMethods() throws Exception {
        Path library = Programs.compile(directory.resolve("lib"), "package org.other; public class Tool {}");
        byte[] bytes = Files.readAllBytes(library.resolve("org/other/Tool.class"));
        bytes[MAJOR_VERSION] = 120;
        Files.write(library.resolve("org/other/Tool.class"), bytes);
        Path jar = Programs.jar(directory.resolve("b.jar"), library, Programs.pom("org.other", "b", "2"));
        try (URLClassLoader loader = Programs.loader(model, jar)) {
            Known known = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of())
                    .find("org/other/Tool");

            assertThat(known).isEqualTo(new Foreign(new Classes.Library("org.other:b", "2"), null));
        }
    }

    @Test
    void aLibraryWhoseSuperclassIsAbsentMayHaveAnyMethods() throws Exception {
        Path library = Programs.compile(
                directory.resolve("lib"),
                "package org.other; public class Base {}",
                "package org.other; public class Tool extends Base {}");
        Files.delete(library.resolve("org/other/Base.class"));
        Path jar = Programs.jar(directory.resolve("b.jar"), library, Map.of());
        try (URLClassLoader loader = Programs.loader(model, jar)) {
            Foreign known = (Foreign) LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of())
                    .find("org/other/Tool");

            assertThat(known.overridable()).isNull();
        }
    }

    @Test
    void aClassThatTwoLoadersFindInDifferentPlacesIsNeither() throws Exception {
        Path copy = Programs.compile(
                directory.resolve("copy"),
                "package com.acme; public class Model {}",
                "package com.acme; public class Part { int a = 2; }");
        try (URLClassLoader one = Programs.loader(model);
                URLClassLoader two = Programs.loader(copy)) {
            LoadedClasses classes = LoadedClasses.of(one.loadClass("com.acme.Model"), List.of())
                    .and(List.of(two.loadClass("com.acme.Part"), String.class));

            assertThat(((Opaque) classes.find("com/acme/Part")).reason())
                    .startsWith("com.acme.Part is in several places: ");
            assertThat(classes.find("com/acme/Model")).isInstanceOf(User.class);
        }
    }

    @Test
    void aClassOfAnObjectFromAnotherLoaderIsFoundThere() throws Exception {
        Path plugin = Programs.compile(directory.resolve("plugin"), "package plug; public class In {}");
        try (URLClassLoader one = Programs.loader(model);
                URLClassLoader two = Programs.loader(plugin)) {
            LoadedClasses classes =
                    LoadedClasses.of(one.loadClass("com.acme.Model"), List.of()).and(List.of(two.loadClass("plug.In")));

            assertThat(classes.find("plug/In")).isInstanceOf(User.class);
        }
    }

    private Known find(String name) throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            return LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of())
                    .find(name);
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (var in = UnreadableClassesTest.class.getClassLoader().getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }

    /** A class to make hidden ones of. */
    static final class Template {}

    /** A class loader that makes a class of its own. */
    private static final class MakingLoader extends URLClassLoader {

        private final byte[] part;

        MakingLoader(Path model, byte[] part) throws IOException {
            super(new java.net.URL[] {model.toUri().toURL()}, UnreadableClassesTest.class.getClassLoader());
            this.part = part;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return name.equals("com.acme.Part") ? defineClass(name, part, 0, part.length) : super.findClass(name);
        }
    }
}
