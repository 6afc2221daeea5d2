package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.testing.ModularProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program in a named module that opens nothing, with the jar of LMDB itself on the class path: its name is no
 * module's.
 */
class LmdbModulePathTest {

    private static final String PROGRAM = """
            package app;

            import dev.fleche.Fleche;
            import dev.fleche.Memo1;
            import dev.fleche.cache.Cache;
            import dev.fleche.lmdb.Lmdb;
            import java.nio.file.Path;

            public final class Main {
                private static int runs;

                private static int twice(int x) {
                    runs++;
                    return 2 * x;
                }

                public static void main(String[] arguments) {
                    Path directory = Path.of(arguments[0]);
                    try (Cache cache = Lmdb.open(directory)) {
                        Memo1<Integer, Integer> twice = Fleche.of(Main::twice);
                        System.out.println("computed: " + twice.in(cache).apply(21));
                    }
                    // found by its type name
                    try (Cache cache = Cache.open(directory)) {
                        Memo1<Integer, Integer> twice = Fleche.of(Main::twice);
                        System.out.println("found: " + twice.in(cache).apply(21) + ", runs " + runs);
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void aProgramOnTheModulePathUsesTheStoreWithoutOpens() throws IOException, InterruptedException {
        ModularProgram program = new ModularProgram(
                name -> name.matches("(caffeine|asm|jspecify|lmdbjava|jnr|jffi)-.*jar"),
                name -> name.matches("native-.*jar"),
                Fleche.class,
                Lmdb.class);

        assertThat(program.run(
                        directory, "module app { requires dev.fleche.lmdb; }", PROGRAM, directory.resolve("store")))
                .containsExactly("computed: 42", "found: 42, runs 1");
    }
}
