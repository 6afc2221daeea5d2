package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleche.SerializableCallable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a task can take its worker down, with the message that its user sees. */
@Timeout(120)
class ProcessPoolCrashTest {

    private static ProcessPool pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.builder()
                .workers(1)
                .maxHeapBytes(64 << 20)
                .output(WorkerOutput.discard())
                .build();
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void aKilledWorkerFailsTheTaskThatItRanAndNoOther() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
            Future<Integer> running = pool.submit(() -> {
                Gate.pass(port);
                return 1;
            });
            Future<Long> queued = pool.submit(() -> ProcessHandle.current().pid());
            gate.awaitArrivals(1);

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            assertThat(crashOf(running))
                    .hasMessageContaining("(process " + pid + ") was lost while it ran "
                            + getClass().getName())
                    .hasMessageContaining("it was killed by SIGKILL (exit code 137)");
            assertThat(queued.get()).isNotEqualTo(pid);
        }
    }

    @Test
    void anIdleWorkerThatIsKilledCostsNoTask() throws Exception {
        for (int i = 0; i < 3; i++) {
            long pid = pool.submit(() -> ProcessHandle.current().pid()).get();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            assertThat(pool.submit(() -> ProcessHandle.current().pid()).get()).isNotEqualTo(pid);
        }
    }

    @Test
    void aFullHeapFailsTheTaskWithTheErrorOrTheCrash() throws Exception {
        Future<Integer> greedy = pool.submit(() -> fillHeap());

        assertThatThrownBy(greedy::get).cause().hasMessageContaining("Java heap space");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    private static int fillHeap() {
        List<long[]> all = new ArrayList<>();
        while (true) {
            all.add(new long[1 << 17]);
            System.setProperty("filled", String.valueOf(all.size()));
        }
    }

    @Test
    void aTaskThatExitsFailsWithTheExitCodeAndTheLastOutput() throws Exception {
        Future<Integer> exiting = pool.submit(() -> {
            System.out.println("last words");
            System.exit(3);
            return 1;
        });

        assertThat(crashOf(exiting))
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("while it ran")
                .hasMessageContaining("last words");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void aTaskThatHaltsFailsWithTheExitCode() throws Exception {
        Future<Integer> halting = pool.submit(() -> {
            Runtime.getRuntime().halt(7);
            return 1;
        });

        assertThat(crashOf(halting)).hasMessageContaining("exit code 7");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void aTaskPastItsTimeLimitFailsAndItsWorkerIsReplaced() throws Exception {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();

        Future<Integer> hanging = pool.withTimeLimit(Duration.ofMillis(300)).submit(() -> hang());
        Future<Long> next = pool.submit(() -> ProcessHandle.current().pid());

        assertThatThrownBy(hanging::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("ran longer than its time limit of PT0.3S on worker")
                .hasMessageContaining("(process " + pid + "), which was killed");
        assertThat(next.get()).isNotEqualTo(pid);
    }

    @Test
    void aTimeLimitCountsFromWhenTheTaskBegins() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> blocking = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);
            Future<Integer> limited = pool.withTimeLimit(Duration.ofSeconds(20)).submit(() -> 1);
            assertThatThrownBy(() -> pool.withTimeLimit(Duration.ofMillis(1))
                            .submit(() -> hang())
                            .get(200, TimeUnit.MILLISECONDS))
                    .as("has not begun, so its time is not up")
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage(null);

            gate.open();

            assertThat(limited.get()).isEqualTo(1);
            blocking.get();
        }
    }

    private static int hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    @Test
    void aFloodOfOutputDoesNoHarm() throws Exception {
        Future<Integer> flooding = pool.submit(() -> {
            for (int i = 0; i < 200_000; i++) {
                System.out.println("line " + i);
            }
            return 1;
        });

        assertThat(flooding.get()).isEqualTo(1);
    }

    @Test
    void closedStandardOutputDoesNoHarm() throws Exception {
        Future<Integer> closing = pool.submit(() -> {
            System.out.close();
            System.err.close();
            new FileOutputStream(FileDescriptor.out).close();
            return 1;
        });

        assertThat(closing.get()).isEqualTo(1);
        assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
    }

    @Test
    void deepRecursionFailsTheTaskAlone() throws Exception {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();

        Future<Integer> deep = pool.submit(() -> depth(0));

        assertThatThrownBy(deep::get).cause().isInstanceOf(StackOverflowError.class);
        assertThat(pool.submit(() -> ProcessHandle.current().pid()).get()).isEqualTo(pid);
    }

    private static int depth(int level) {
        return level < 0 ? 0 : 1 + depth(level + 1);
    }

    @Test
    void aCrashIsRetriedIfWanted(@TempDir Path directory) throws Exception {
        Path attempts = directory.resolve("attempts");
        String file = attempts.toString();

        int result = pool.withRetriesOnCrash(2)
                .submit(() -> haltUntilAttempt(3, file))
                .get();

        assertThat(result).isEqualTo(3);
        assertThat(Files.readString(attempts)).isEqualTo("...");
    }

    @Test
    void aTaskThatOutlivesItsRetriesFails(@TempDir Path directory) {
        String file = directory.resolve("attempts").toString();

        Future<Integer> task = pool.withRetriesOnCrash(1).submit(() -> haltUntilAttempt(3, file));

        assertThat(crashOf(task)).hasMessageContaining("the last of 2 that were");
    }

    @Test
    void aPoisonousTaskIsNotTriedAgainHoweverManyRetriesItHas(@TempDir Path directory) {
        String file = directory.resolve("attempts").toString();

        Future<Integer> task = pool.withRetriesOnCrash(100).submit(() -> haltUntilAttempt(50, file));

        assertThat(crashOf(task)).hasMessageContaining("the last of 3 that were, so the task is not tried again");
    }

    private static int haltUntilAttempt(int last, String file) throws Exception {
        Path path = Path.of(file);
        Files.writeString(path, ".", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        int attempt = (int) Files.size(path);
        if (attempt < last) {
            Runtime.getRuntime().halt(9);
        }
        return attempt;
    }

    @Test
    void aCrashAmongTinyTasksFailsItsOwnTaskAlone() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            SerializableCallable<Integer> task = () -> number == 700 ? haltUntilAttempt(2, "/dev/null") : number;
            futures.add(pool.submit(task));
        }

        for (int i = 0; i < futures.size(); i++) {
            if (i == 700) {
                crashOf(futures.get(i));
            } else {
                assertThat(futures.get(i).get()).isEqualTo(i);
            }
        }
    }

    private static WorkerCrashedException crashOf(Future<?> future) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, future::get);
        assertThat(failure.getCause()).isInstanceOf(WorkerCrashedException.class);
        return (WorkerCrashedException) Objects.requireNonNull(failure.getCause());
    }
}
