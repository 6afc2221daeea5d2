package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    /** Repeats what it reads until it reads the last word, then ends with the exit code given. */
    static final class Echo {

        public static void main(String[] arguments) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            System.out.println("ready " + System.getProperty("mood"));
            for (String line = in.readLine(); !"end".equals(line); line = in.readLine()) {
                System.out.println("echo " + line);
            }
            System.exit(Integer.parseInt(arguments[0]));
        }
    }

    @Test
    void aChildReadsAndWritesLines() {
        try (ChildJvm child =
                ChildJvm.running(Echo.class, 0).withOptions("-Dmood=good").start()) {
            assertThat(child.awaitLine("ready")).isEqualTo("ready good");
            child.send("a");
            assertThat(child.awaitLine("echo")).isEqualTo("echo a");
            child.send("end");

            assertThat(child.result()).containsExactly("ready good", "echo a");
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void aChildThatFailsFailsTheTestWithItsOutput() {
        try (ChildJvm child = ChildJvm.start(Echo.class, 3)) {
            child.send("end");

            assertThatThrownBy(child::result)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Echo ended with exit code 3")
                    .hasMessageContaining("ready null");
        }
    }

    @Test
    void waitingForALineThatNeverComesFailsWhenTheChildEnds() {
        try (ChildJvm child = ChildJvm.start(Echo.class, 0)) {
            child.send("end");

            assertThatThrownBy(() -> child.awaitLine("nothing"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("without \"nothing\"");
        }
    }

    @Test
    void aKilledChildIsGone() {
        try (ChildJvm child = ChildJvm.start(Echo.class, 0)) {
            child.awaitLine("ready");

            child.kill();

            assertThat(child.exitCode()).isEqualTo(137);
        }
    }

    @Test
    void linesOfBashRunBeforeTheChild() {
        try (ChildJvm child = ChildJvm.running(Echo.class, 0)
                .after("ulimit -c 0; echo before")
                .start()) {
            child.send("end");

            assertThat(child.result()).containsExactly("before", "ready null");
        }
    }
}
