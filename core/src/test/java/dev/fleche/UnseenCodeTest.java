package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import dev.fleche.testing.CompiledProgram;
import dev.fleche.testing.LogRecords;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What functions of real programs do whose code cannot be looked into: one warning, and a key that holds too much. */
class UnseenCodeTest {

    private static final int MAJOR_VERSION = 7;

    private static final String MAIN = """
            package %1$s;

            import dev.fleche.*;

            public final class Main {
                static int f(int x) {
                    return Part.g(x) + Other.g(x);
                }

                static int shaped(Shape shape) {
                    return shape.area();
                }

                public static Memo1<Integer, Integer> memo() {
                    return Fleche.of(Main::f);
                }

                public static int hidden() throws Exception {
                    byte[] bytes;
                    try (var in = Main.class.getResourceAsStream("Square.class")) {
                        bytes = in.readAllBytes();
                    }
                    var lookup = java.lang.invoke.MethodHandles.lookup();
                    Class<?> type = lookup.defineHiddenClass(bytes, true).lookupClass();
                    var constructor = type.getDeclaredConstructor();
                    Memo1<Shape, Integer> shaped = Fleche.of(Main::shaped);
                    Shape square = (Shape) constructor.newInstance();
                    try (var cache = dev.fleche.cache.Cache.memory()) {
                        return shaped.in(cache).apply(square) + shaped.in(cache).apply(square);
                    }
                }
            }
            """;

    private static final String PART = """
            package %1$s;

            public final class Part {
                public static int g(int x) {
                    return x + 1;
                }
            }
            """;

    private static final String SHAPE = """
            package %1$s;

            public interface Shape extends dev.fleche.digest.Digestible {
                int area();
            }
            """;

    private static final String SQUARE = """
            package %1$s;

            public final class Square implements Shape {
                public int area() {
                    return 4;
                }

                public Object digestKey() {
                    return 4;
                }
            }
            """;

    @TempDir
    Path directory;

    private LogRecords log;

    @BeforeEach
    void listen() {
        log = new LogRecords("dev.fleche");
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    private Path compile(String name, String part) {
        try (CompiledProgram program = CompiledProgram.of(
                directory,
                Map.of(
                        name + ".Main", MAIN.formatted(name),
                        name + ".Part", part.formatted(name),
                        name + ".Other", PART.replace("Part", "Other").formatted(name),
                        name + ".Shape", SHAPE.formatted(name),
                        name + ".Square", SQUARE.formatted(name)))) {
            return program.classes();
        }
    }

    private static URLClassLoader loader(Path classes) throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, UnseenCodeTest.class.getClassLoader());
    }

    @SuppressWarnings("unchecked") // the program is the one above
    private static Digest key(ClassLoader loader, String name) throws ReflectiveOperationException {
        Memo1<Integer, Integer> memo = (Memo1<Integer, Integer>)
                loader.loadClass(name + ".Main").getMethod("memo").invoke(null);
        return memo.digest(1);
    }

    private static Digest keyIn(Path classes, String name) throws Exception {
        try (URLClassLoader loader = loader(classes)) {
            return key(loader, name);
        }
    }

    /** Checks that the key changes with anything in the directory, and that this was told in one line. */
    private void checkThatTheDirectoryCounts(Path classes, String name, String... told) throws Exception {
        Digest key = keyIn(classes, name);
        assertThat(keyIn(classes, name)).isEqualTo(key);

        Files.writeString(classes.resolve("anything"), "else");

        assertThat(keyIn(classes, name)).isNotEqualTo(key);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("the code of Main.f: ")
                .contains(told);
    }

    private static void change(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private static void makeNewer(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[MAJOR_VERSION] = 120;
        change(file, bytes);
    }

    @Test
    void aClassFileNewerThanWeKnowStandsForItsDirectory() throws Exception {
        Path classes = compile("newer", PART);
        makeNewer(classes.resolve("newer/Part.class"));

        checkThatTheDirectoryCounts(
                classes, "newer", "newer.Part cannot be analysed: ", "Java 76", "counts as changed");
    }

    @Test
    void manyThatCannotBeReadAreOneWarning() throws Exception {
        Path classes = compile("several", PART);
        makeNewer(classes.resolve("several/Part.class"));
        makeNewer(classes.resolve("several/Other.class"));

        checkThatTheDirectoryCounts(classes, "several", "several.Other cannot be analysed: ", "with 1 more");
    }

    @Test
    void aDamagedClassFileStandsForItsDirectory() throws Exception {
        Path classes = compile("cut", PART);
        Path file = classes.resolve("cut/Part.class");
        byte[] bytes = Files.readAllBytes(file);
        change(file, Arrays.copyOf(bytes, bytes.length / 2));

        checkThatTheDirectoryCounts(classes, "cut", "cut.Part cannot be analysed: ", "counts as changed");
    }

    @Test
    void aNativeMethodStandsForItsDirectory() throws Exception {
        Path classes = compile("natives", """
                package %1$s;

                public final class Part {
                    public static native int g(int x);
                }
                """);

        checkThatTheDirectoryCounts(classes, "natives", "natives.Part.g(int) is native: its code counts as changed");
    }

    @Test
    void aClassWhoseFileIsGoneIsKnownInThisProcessAlone() throws Exception {
        Path classes = compile("gone", PART);
        Digest sound = keyIn(classes, "gone");
        try (URLClassLoader loader = loader(classes)) {
            loader.loadClass("gone.Part");
            Files.delete(classes.resolve("gone/Part.class"));

            assertThat(key(loader, "gone")).isNotEqualTo(sound).isEqualTo(key(loader, "gone"));
        }
        assertThat(log.warnings())
                .containsExactly("the code of Main.f: gone.Part has no class file: results are found again in this"
                        + " process alone; let its class loader find its class file, or take CodeKey.NONE and a"
                        + " version");
    }

    @Test
    void aCallWithAnObjectOfAHiddenClassRunsUncached() throws Exception {
        Path classes = compile("hide", PART);
        try (URLClassLoader loader = loader(classes)) {
            assertThat(loader.loadClass("hide.Main").getMethod("hidden").invoke(null))
                    .isEqualTo(8);
        }

        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("hide.Square")
                .contains("a class whose name does not last; use a named class");
    }
}
