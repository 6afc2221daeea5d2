package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

/** A program in a named module that opens nothing. */
class ModulePathTest {

    private static final String MODULE = "module app { requires dev.fleche; }";

    private static final String PROGRAM = """
            package app;

            import dev.fleche.Call;
            import dev.fleche.Fleche;
            import dev.fleche.Memo1;
            import dev.fleche.Memo2;
            import dev.fleche.Option;
            import dev.fleche.SerialFilter;
            import dev.fleche.digest.UndigestibleException;
            import java.io.ByteArrayInputStream;
            import java.io.ByteArrayOutputStream;
            import java.io.ObjectInputStream;
            import java.io.ObjectOutputStream;
            import java.lang.invoke.MethodHandles;

            final class Main {
                record Mesh(int size, Kind kind) {
                    private int scaled(int by) {
                        return size * by;
                    }

                    Memo1<Integer, Integer> memo() {
                        return Fleche.of(this::scaled);
                    }
                }

                enum Kind { COARSE, FINE }

                private static int runs;

                private static int twice(int a) {
                    runs++;
                    return 2 * a;
                }

                private static Mesh refine(Mesh mesh, Kind kind) {
                    runs++;
                    return new Mesh(2 * mesh.size(), kind);
                }

                @SuppressWarnings("unchecked")
                private static Call<Integer> travelled(Call<Integer> call) throws Exception {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    new ObjectOutputStream(bytes).writeObject(call);
                    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                    in.setObjectInputFilter(SerialFilter.of(bytes.size()));
                    return (Call<Integer>) in.readObject();
                }

                public static void main(String[] arguments) throws Exception {
                    Memo1<Integer, Integer> twice = Fleche.of(Main::twice);
                    System.out.println(twice.function() + ": " + twice.apply(4) + twice.apply(4) + ", runs " + runs);

                    Memo2<Mesh, Kind, Mesh> refine = Fleche.of(Main::refine);
                    Mesh mesh = new Mesh(1, Kind.COARSE);
                    try {
                        System.out.println(refine.digest(mesh, Kind.FINE));
                    } catch (UndigestibleException e) {
                        System.out.println(e.getMessage());
                    }

                    Fleche.access(MethodHandles.lookup());
                    runs = 0;
                    refine.apply(mesh, Kind.FINE);
                    System.out.println(refine.function() + ": " + refine.apply(mesh, Kind.FINE) + ", runs " + runs);
                    System.out.println(mesh.memo().function() + ": " + mesh.memo().apply(3));
                    System.out.println("travelled: " + travelled(twice.on(21)).call());
                    int step = 5;
                    Memo1<Integer, Integer> named = Fleche.of((Integer a) -> a + step, Option.name("step"));
                    System.out.println(named.function() + ": " + named.apply(1));
                }
            }
            """;

    @TempDir
    private static Path directory;

    private static List<String> output;

    @BeforeAll
    static void runTheProgram() throws IOException, InterruptedException, URISyntaxException {
        String path = Stream.of(Fleche.class, Caffeine.class, ClassReader.class, NullMarked.class)
                .map(ModulePathTest::location)
                .collect(Collectors.joining(File.pathSeparator));
        Path classes = Files.createDirectory(directory.resolve("classes"));
        compile(path, classes);
        output = run(path + File.pathSeparator + classes);
    }

    @Test
    void aPrivateMethodIsReferencedWithoutOpens() {
        assertThat(output).contains("app.Main.twice(int): 88, runs 1");
    }

    @Test
    void aRecordWithoutAccessIsReportedWithTheRemedy() {
        assertThat(output)
                .anySatisfy(line -> assertThat(line)
                        .contains("app.Main$Mesh")
                        .contains("call Fleche.access(MethodHandles.lookup()) once in that module"));
    }

    @Test
    void recordsAndEnumsAreReachedAfterAccess() {
        assertThat(output)
                .contains(
                        "app.Main.refine(app.Main$Mesh,app.Main$Kind): Mesh[size=2, kind=FINE], runs 1",
                        "app.Main$Mesh.scaled(int): 3");
    }

    @Test
    void aNamedLambdaWorksInAModule() {
        assertThat(output).contains("app.Main.step(java.lang.Integer): 6");
    }

    @Test
    void aCallTravelsWithoutOpens() {
        assertThat(output).contains("travelled: 42");
    }

    @Test
    void nothingElseIsSaid() {
        assertThat(output).hasSize(6);
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void compile(String path, Path classes) throws IOException {
        Path module = Files.writeString(directory.resolve("module-info.java"), MODULE);
        Path program = Files.writeString(directory.resolve("Main.java"), PROGRAM);
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK runs the tests");
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "--module-path", path, "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(module, program))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    private static List<String> run(String path) throws IOException, InterruptedException {
        Path written = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--module-path",
                        path,
                        "--module",
                        "app/app.Main")
                .redirectErrorStream(true)
                .redirectOutput(written.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(written);
        assertThat(ended && process.waitFor() == 0)
                .as("the program ended well: %s", lines)
                .isTrue();
        return lines;
    }
}
