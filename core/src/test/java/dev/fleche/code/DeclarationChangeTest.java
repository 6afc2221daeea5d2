package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of what classes declare, none of them in the text of an instruction, that change what runs. */
class DeclarationChangeTest {

    @TempDir
    private Path directory;

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "a method that can be overridden from now on",
                        "class A { private int f() { return 1; } int g() { return f(); } }"
                                + " class B extends A { protected int f() { return 2; } }",
                        "return new B().g();",
                        "private int f()",
                        "protected int f()"),
                change(
                        "a field that hides an inherited one",
                        "class Base { double scale = 3; } class Sub extends Base { }",
                        "return new Sub().scale;",
                        "extends Base { }",
                        "extends Base { double scale; }"),
                change(
                        "a static field that hides an inherited one",
                        "class Base { static int scale = 5; } class Sub extends Base { }",
                        "return Sub.scale;",
                        "extends Base { }",
                        "extends Base { static int scale; }"),
                change(
                        "a field that is not serialised any more",
                        "class Data implements java.io.Serializable { int y = 4; }",
                        "return new Data();",
                        "int y",
                        "transient int y"),
                change(
                        "a type argument of a supertype",
                        "abstract class Token<T> { Object type() { return getClass().getGenericSuperclass(); } }",
                        "return new Token<java.util.TreeMap<String, String>>() {}.type();",
                        "new Token<java.util.TreeMap",
                        "new Token<java.util.HashMap"),
                change(
                        "an annotation of a class",
                        "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Limit"
                                + " { int[] value(); } @Limit({5, 7}) class Limited { }",
                        "return Limited.class.getAnnotation(Limit.class).value();",
                        "{5, 7}",
                        "{5, 8}"),
                change(
                        "the version of a memoised function that is called",
                        "class Inner { @dev.fleche.annotation.Memoized(version = \"1\") static int f() { return 1; } }",
                        "return Inner.f();",
                        "\"1\"",
                        "\"2\""),
                change(
                        "what a function that is called depends on",
                        "class Plugin { static int f() { return 2; } } class Inner {"
                                + " @dev.fleche.annotation.DependsOn(Plugin.class) static int f() { return 1; } }",
                        "return Inner.f();",
                        "return 2;",
                        "return 3;"));
    }

    private static Arguments change(String what, String classes, String body, String from, String to) {
        String program = "class Main { static Object run() { " + body + " } } " + classes;
        assertThat(program).contains(from);
        return Arguments.of(what, program, program.replace(from, to));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void theDigestChanges(String what, String before, String after) throws Exception {
        assertThat(manifest(after)).as(what).isNotEqualTo(manifest(before));
    }

    private CodeManifest manifest(String program) throws Exception {
        Map<String, byte[]> files = CompiledSources.compile(Map.of("Main", program));
        Path classes = Files.createTempDirectory(directory, "classes");
        try (URLClassLoader loader = MutationRun.loader(files, classes)) {
            return reached(loader).all();
        }
    }

    private static ReachedCode reached(ClassLoader loader) throws ReflectiveOperationException {
        FunctionCode.Scope scope = new FunctionCode.Scope(
                Class.forName("Main", false, loader).getDeclaredMethod("run"), List.of(), List.of(), true);
        return FunctionCodes.of(scope).reached(null, Set.of());
    }

    @Test
    void aDirectoryThatTookThePlaceOfAnotherIsNotTheOneThatRuns() throws Exception {
        String program =
                "class Main { static Object run() { return Part.f(); } } class Part { static int f() { return 1; } }";
        Path live = write(program, "live");
        Path next = write(program.replace("return 1", "return 2"), "next");
        try (URLClassLoader loader = MutationRun.loader(Map.of(), live)) {
            Class<?> part = Class.forName("Part", true, loader);
            assertThat(LoadedClasses.of(part, List.of()).find("Part")).isInstanceOf(Classes.User.class);
            awaitLaterTime(next);
            Files.move(live, directory.resolve("old"));
            Files.move(next, live);

            assertThat(reached(loader).warnings()).anyMatch(warning -> warning.contains("Main was rebuilt"));
        }
    }

    /** The times of file systems go in steps of some milliseconds. */
    private static void awaitLaterTime(Path file) throws IOException {
        long now = FileStamp.now();
        while (FileStamp.of(file).changed() <= now) {
            Files.setLastModifiedTime(file, Files.getLastModifiedTime(file));
        }
    }

    private Path write(String program, String name) throws IOException {
        Path classes = directory.resolve(name);
        for (Map.Entry<String, byte[]> file :
                CompiledSources.compile(Map.of("Main", program)).entrySet()) {
            Files.createDirectories(classes);
            Files.write(classes.resolve(file.getKey() + ".class"), file.getValue());
        }
        return classes;
    }
}
