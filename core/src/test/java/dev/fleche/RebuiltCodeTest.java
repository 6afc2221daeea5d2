package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.CompiledProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is rebuilt while it runs, as an IDE does it: classes that are loaded later run other code. */
class RebuiltCodeTest {

    private static final String MODEL = """
            package acme;

            import dev.fleche.*;

            public final class Model {
                static final Memo1<Integer, Integer> MEMO = Fleche.of(Model::energy);

                static int energy(int x) {
                    return x == 0 ? 0 : Spring.energy(x);
                }

                public static String key(int x) {
                    return MEMO.digest(x).toString();
                }

                public static int apply(int x) {
                    return MEMO.apply(x);
                }

                public static boolean contains(int x) {
                    return MEMO.contains(x);
                }
            }
            """;

    private static final String SPRING = """
            package acme;

            final class Spring {
                static int energy(int x) {
                    return x * %s;
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void aResultOfCodeThatWasRebuiltSinceItsAnalysisIsNotStored() throws IOException {
        try (CompiledProgram program = program("2");
                CompiledProgram rebuilt = program("3");
                Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            program.run("acme.Model", "key", 1);
            replaceSpring(program, rebuilt);

            assertThat(program.run("acme.Model", "apply", 1))
                    .as("what the JVM has loaded by now")
                    .isEqualTo(3);
            assertThat(program.run("acme.Model", "contains", 1)).isEqualTo(false);
        }
    }

    @Test
    void codeThatWasLoadedByTheFirstBodyIsSafeFromARebuild() throws IOException {
        try (CompiledProgram program = program("2");
                CompiledProgram rebuilt = program("3");
                Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            program.run("acme.Model", "apply", 0);
            replaceSpring(program, rebuilt);

            assertThat(program.run("acme.Model", "apply", 1)).isEqualTo(2);
            assertThat(program.run("acme.Model", "contains", 1)).isEqualTo(true);
        }
    }

    private CompiledProgram program(String factor) {
        return CompiledProgram.of(directory, Map.of("acme.Model", MODEL, "acme.Spring", SPRING.formatted(factor)));
    }

    private static void replaceSpring(CompiledProgram program, CompiledProgram rebuilt) throws IOException {
        Path file = program.classes().resolve("acme/Spring.class");
        Files.copy(rebuilt.classes().resolve("acme/Spring.class"), file, StandardCopyOption.REPLACE_EXISTING);
    }
}
