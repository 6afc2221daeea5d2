package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool where no Unix domain socket can be had: its path would be too long. */
@Timeout(60)
class LoopbackTest {

    @Test
    void aPoolWorksOverTheLoopbackDevice(@TempDir Path directory) throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("x".repeat(110)));

        try (ChildJvm program = ChildJvm.running(Program.class)
                .withOptions("-Djava.io.tmpdir=" + temporary)
                .start()) {
            assertThat(program.result())
                    .containsSubsequence(
                            "address :",
                            "submitted 41",
                            "mapped [0, 1, 4, 9]",
                            "crashed WorkerCrashedException",
                            "healed 2",
                            "closed");
        }
    }

    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            try (Door door = Door.open()) {
                System.out.println("address " + door.address().charAt(0));
            }
            try (ProcessPool pool = ProcessPool.of(2)) {
                System.out.println("submitted " + RunningWorker.get(pool.submit(() -> 41)));
                System.out.println("mapped " + pool.map((Integer x) -> x * x, List.of(0, 1, 2, 3)));
                CompletableFuture<?> crashing =
                        pool.submit(() -> Runtime.getRuntime().halt(3));
                System.out.println("crashed "
                        + RunningWorker.failureOf(crashing).getClass().getSimpleName());
                System.out.println("healed " + RunningWorker.get(pool.submit(() -> 2)));
            }
            File temporary = new File(Objects.requireNonNull(System.getProperty("java.io.tmpdir")));
            Until.holds("nothing is left", () -> Objects.requireNonNull(temporary.list()).length == 0);
            System.out.println("closed");
        }
    }
}
