package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In short what {@link MutationRun} does at length; the seeds are printed and stand in the failures. */
@Timeout(120)
class MutationTest {

    private static final int LIBRARY_CALLS = 100;

    private final long seed = System.nanoTime() >>> 20;

    @Test
    void anotherBodyOfAMethodThatRunsChangesTheDigestInAProgramOfAllConstructs(@TempDir Path directory)
            throws Exception {
        MutationCheck.Outcome outcome = MutationRun.program(seed, directory);

        System.out.println("generated program of seed " + seed + ": " + outcome);
        assertThat(outcome.misses().stream().limit(10)).as("seed %d", seed).isEmpty();
        assertThat(outcome.pairs()).as("seed %d", seed).isGreaterThan(1000);
    }

    @Test
    void anotherBodyOfAMethodThatRunsChangesTheDigestInALibrary() throws Exception {
        MutationCheck.Outcome outcome = MutationRun.library(seed, LIBRARY_CALLS);

        System.out.println("library, seed " + seed + ": " + outcome);
        assertThat(outcome.misses().stream().limit(10)).as("seed %d", seed).isEmpty();
        assertThat(outcome.pairs()).as("seed %d", seed).isGreaterThan(200);
    }
}
