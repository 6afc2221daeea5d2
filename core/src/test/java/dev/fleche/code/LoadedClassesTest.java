package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Known;
import dev.fleche.code.Classes.Library;
import dev.fleche.code.Classes.User;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedClassesTest {

    @TempDir
    private Path directory;

    private Path model;
    private Path other;

    @BeforeEach
    void compile() throws IOException {
        model = Programs.compile(
                directory.resolve("model/classes"), "package com.acme; public class Model { static int a; }");
        other = Programs.compile(
                directory.resolve("other/classes"),
                "package org.other; public class Tool { public int use() { return 1; } public final void end() {} }");
    }

    @Test
    void theDirectoryOfTheFunctionIsTheUsers() throws Exception {
        assertThat(find(model, "com/acme/Model"))
                .isInstanceOfSatisfying(
                        User.class, user -> assertThat(user.summary().name()).isEqualTo("com/acme/Model"));
    }

    @Test
    void everyOtherDirectoryIsTheUsers() throws Exception {
        assertThat(find("org/other/Tool", model, other)).isInstanceOf(User.class);
    }

    @Test
    void theJarOfTheFunctionIsTheUsersWhateverItIs() throws Exception {
        Path jar = Programs.jar(directory.resolve("plain.jar"), model, Map.of());

        assertThat(find(jar, "com/acme/Model")).isInstanceOf(User.class);
    }

    @Test
    void aJarOfTheGroupOfTheFunctionsJarIsTheUsers() throws Exception {
        Path own = Programs.jar(directory.resolve("a.jar"), model, Programs.pom("com.acme", "a", "1"));
        Path same = Programs.jar(directory.resolve("b.jar"), other, Programs.pom("com.acme", "b", "1"));
        Path below = Programs.jar(directory.resolve("c.jar"), other, Programs.pom("com.acme.core", "c", "1"));

        assertThat(find("org/other/Tool", own, same)).isInstanceOf(User.class);
        assertThat(find("org/other/Tool", own, below)).isInstanceOf(User.class);
    }

    @Test
    void aGroupCoversWholeSegments() throws Exception {
        Path own = Programs.jar(directory.resolve("a.jar"), model, Programs.pom("com.acme", "a", "1"));
        Path near = Programs.jar(directory.resolve("b.jar"), other, Programs.pom("com.acmex", "b", "1"));

        assertThat(library(find("org/other/Tool", own, near))).isEqualTo(new Library("com.acmex:b", "1"));
    }

    @Test
    void theGroupOfADirectoryStandsBesideIt() throws Exception {
        Files.createDirectories(model.resolveSibling("maven-archiver"));
        Files.write(
                model.resolveSibling("maven-archiver").resolve("pom.properties"),
                Programs.pom("com.acme", "a", "1").values().iterator().next());
        Path jar = Programs.jar(directory.resolve("b.jar"), other, Programs.pom("com.acme", "b", "1"));

        assertThat(find("org/other/Tool", model, jar)).isInstanceOf(User.class);
    }

    @Test
    void anotherJarIsALibrary() throws Exception {
        Path jar = Programs.jar(directory.resolve("b.jar"), other, Programs.pom("org.other", "b", "2.1"));

        Known known = find("org/other/Tool", model, jar);

        assertThat(library(known)).isEqualTo(new Library("org.other:b", "2.1"));
        assertThat(((Foreign) known).overridable())
                .contains("use()I", "toString()Ljava/lang/String;", "finalize()V")
                .doesNotContain("end()V", "<init>()V", "getClass()Ljava/lang/Class;");
    }

    @Test
    void aLibraryWithoutCoordinatesGoesByItsContent() throws Exception {
        Path jar = Programs.jar(directory.resolve("tool-2.jar"), other, Map.of());

        assertThat(library(find("org/other/Tool", model, jar))).isEqualTo(new Library("tool-2.jar", sha(jar)));
    }

    @Test
    void aSnapshotGoesByItsContent() throws Exception {
        Path jar = Programs.jar(directory.resolve("b.jar"), other, Programs.pom("org.other", "b", "2-SNAPSHOT"));

        assertThat(library(find("org/other/Tool", model, jar))).isEqualTo(new Library("org.other:b", sha(jar)));
    }

    @Test
    void aJarThatHoldsSeveralGoesByItsContent() throws Exception {
        Map<String, byte[]> poms = new java.util.HashMap<>(Programs.pom("org.other", "b", "2"));
        poms.putAll(Programs.pom("org.more", "c", "3"));
        Path jar = Programs.jar(directory.resolve("all.jar"), other, poms);

        assertThat(library(find("org/other/Tool", model, jar))).isEqualTo(new Library("all.jar", sha(jar)));
    }

    @Test
    void theUserNamesJarsThatAreTheUsers() throws Exception {
        Path jar = Programs.jar(directory.resolve("b.jar"), other, Programs.pom("org.other", "b", "2.1"));
        try (URLClassLoader loader = Programs.loader(model, jar)) {
            LoadedClasses classes =
                    LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of(loader.loadClass("org.other.Tool")));

            assertThat(classes.find("org/other/Tool")).isInstanceOf(User.class);
        }
    }

    @Test
    void theJdkIsSomebodyElses() throws Exception {
        for (String name : List.of("java/util/ArrayList", "java/sql/Date", "javax/tools/JavaCompiler")) {
            assertThat(library(find(model, name))).as(name).isNull();
        }
        assertThat(overridable(find(model, "java/util/Comparator")))
                .contains(
                        "compare(Ljava/lang/Object;Ljava/lang/Object;)I",
                        "hashCode()I",
                        "reversed()Ljava/util/Comparator;");
        assertThat(overridable(find(model, "java/util/AbstractMap")))
                .contains("get(Ljava/lang/Object;)Ljava/lang/Object;");
    }

    @Test
    void aFunctionOfTheJdkHasNoUserCode() {
        LoadedClasses classes = LoadedClasses.of(String.class, List.of());

        assertThat(library(classes.find("java/lang/String"))).isNull();
    }

    @Test
    void weAreLeftOutAndOurTestsAreNot() {
        LoadedClasses classes = LoadedClasses.of(LoadedClassesTest.class, List.of());

        assertThat(library(classes.find("dev/fleche/digest/Digest"))).isNull();
        assertThat(library(classes.find("dev/fleche/Memo1"))).isNull();
        assertThat(classes.find("dev/fleche/code/LoadedClassesTest")).isInstanceOf(User.class);
    }

    @Test
    void loggingIsLeftOut() throws Exception {
        Path slf4j = Programs.compile(
                directory.resolve("log"), "package org.slf4j; public interface Logger { void info(String text); }");
        Path jar = Programs.jar(directory.resolve("log.jar"), slf4j, Programs.pom("org.slf4j", "slf4j-api", "2"));
        try (URLClassLoader loader = Programs.loader(ClassLoader.getPlatformClassLoader(), model, jar)) {
            Known known = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of())
                    .find("org/slf4j/Logger");

            assertThat(library(known)).isNull();
            assertThat(overridable(known)).contains("info(Ljava/lang/String;)V");
        }
    }

    @Test
    void aMultiReleaseJarShowsTheVersionThatRuns() throws Exception {
        Path later = Programs.compile(
                directory.resolve("later"),
                "package com.acme; public class Model { int onlyOnNewer() { return 17; } }");
        byte[] newer = Files.readAllBytes(later.resolve("com/acme/Model.class"));
        Path jar = Programs.jar(
                directory.resolve("multi.jar"),
                model,
                Map.of(
                        "META-INF/versions/17/com/acme/Model.class",
                        newer,
                        "META-INF/versions/99/com/acme/Model.class",
                        new byte[0]));

        assertThat(find(jar, "com/acme/Model")).isEqualTo(new User(ClassSummaries.read(newer)));
    }

    @Test
    void theDirectoryMayHaveAnyName() throws Exception {
        Path odd = directory.resolve("a b%20c+ä!/classes");
        Programs.compile(odd, "package com.acme; public class Odd {}");
        Path jar = Programs.jar(directory.resolve("a b%20c+ä/x.jar"), odd, Map.of());

        assertThat(find(odd, "com/acme/Odd")).isInstanceOf(User.class);
        assertThat(find(jar, "com/acme/Odd")).isInstanceOf(User.class);
    }

    private static Known find(Path path, String name) throws Exception {
        return find(name, path);
    }

    /** Looks for a class from the first one of the first path. */
    private static Known find(String name, Path... paths) throws Exception {
        try (URLClassLoader loader = Programs.loader(paths)) {
            String function = name.startsWith("com/acme/") ? name.replace('/', '.') : "com.acme.Model";
            return LoadedClasses.of(loader.loadClass(function), List.of()).find(name);
        }
    }

    private static @Nullable Library library(Known known) {
        return ((Foreign) known).library();
    }

    private static @Nullable Set<String> overridable(Known known) {
        return ((Foreign) known).overridable();
    }

    private static String sha(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
