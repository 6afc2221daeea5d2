package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.testing.ModularProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in a named module that opens nothing. */
class SqlModulePathTest {

    private static final String PROGRAM = """
            package app;

            import dev.fleche.Fleche;
            import dev.fleche.Memo1;
            import dev.fleche.cache.Cache;
            import dev.fleche.sql.Sql;
            import java.nio.file.Path;

            public final class Main {
                private static int runs;

                private static int twice(int x) {
                    runs++;
                    return 2 * x;
                }

                public static void main(String[] arguments) {
                    Path directory = Path.of(arguments[0]);
                    try (Cache cache = Sql.open(directory)) {
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
                name -> name.matches("(caffeine|asm|jspecify|flyway-core|sqlite-jdbc)-.*jar"),
                name -> false,
                Fleche.class,
                Sql.class);

        assertThat(program.run(
                        directory, "module app { requires dev.fleche.sql; }", PROGRAM, directory.resolve("store")))
                .containsExactly("computed: 42", "found: 42, runs 1");
    }
}
