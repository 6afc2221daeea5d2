package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.SerializableRunnable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkerEndTest {

    @Test
    void aWorkerThatExitsTellsItsCodeAndLastOutput() {
        try (RunningWorker worker = RunningWorker.start(quiet())) {
            CompletableFuture<@Nullable Object> answer = worker.send(1, () -> {
                System.out.println("no licence");
                System.exit(42);
                return null;
            });

            WorkerEnd end = worker.end();

            assertThat(answer).isCompletedExceptionally();
            assertThat(end.ready()).isTrue();
            assertThat(end.exitCode()).hasValue(42);
            assertThat(end.lastOutput()).contains("no licence");
            assertThat(end.reason()).isEqualTo("ended with exit code 42");
        }
    }

    @Test
    void aKilledWorkerIsReportedWithTheSignal() {
        try (RunningWorker worker = RunningWorker.start(quiet()).awaitReady()) {
            ProcessHandle.of(worker.worker().pid().getAsLong()).orElseThrow().destroyForcibly();

            WorkerEnd end = worker.end();

            assertThat(end.exitCode()).hasValue(137);
            assertThat(end.reason()).contains("SIGKILL").contains("memory ran out");
        }
    }

    @Test
    void memoryThatRunsOutFailsTheTaskAndEndsTheWorker() {
        WorkerSpec spec = RunningWorker.quiet(draft -> draft.options.add("-Xmx32m"));
        try (RunningWorker worker = RunningWorker.start(spec)) {
            CompletableFuture<@Nullable Object> answer = worker.send(1, () -> {
                List<byte[]> all = new ArrayList<>();
                while (all.size() < 1 << 20) {
                    all.add(new byte[1 << 20]);
                }
                return all.size();
            });

            assertThat(RunningWorker.failureOf(answer))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageContaining("-Xmx");
            assertThat(worker.end().reason()).startsWith("gave up: java.lang.OutOfMemoryError");
        }
    }

    @Test
    void aTaskTooLargeForTheWorkerFails() {
        WorkerSpec spec = RunningWorker.quiet(draft -> draft.options.add("-Xmx32m"));
        try (RunningWorker worker = RunningWorker.start(spec)) {
            byte[] large = new byte[64 << 20];
            CompletableFuture<@Nullable Object> answer = worker.send(1, () -> large.length);

            assertThat(RunningWorker.failureOf(answer))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageContaining("no room for the task");
        }
    }

    @Test
    void aJavaThatDoesNotExistIsReported() {
        try (RunningWorker worker =
                RunningWorker.start(RunningWorker.quiet(draft -> draft.javaHome = Path.of("/nowhere")))) {
            WorkerEnd end = worker.end();

            assertThat(end.ready()).isFalse();
            assertThat(end.exitCode()).isEmpty();
            assertThat(end.reason()).contains("could not be started").contains("/nowhere/bin/java");
            assertThat(end.cause()).containsInstanceOf(IOException.class);
        }
    }

    @Test
    void anOptionThatJavaRefusesIsReportedWithWhatItSays() {
        try (RunningWorker worker =
                RunningWorker.start(RunningWorker.quiet(draft -> draft.options.add("-XX:+NoSuchOption")))) {
            WorkerEnd end = worker.end();

            assertThat(end.ready()).isFalse();
            assertThat(end.exitCode()).hasValue(1);
            assertThat(String.join(" ", end.lastOutput())).contains("NoSuchOption");
        }
    }

    @Test
    void aWorkerThatDoesNotStartInTimeIsGivenUp() {
        try (RunningWorker worker =
                RunningWorker.start(RunningWorker.quiet(draft -> draft.startLimit = Duration.ofMillis(1)))) {
            WorkerEnd end = worker.end();

            assertThat(end.ready()).isFalse();
            assertThat(end.reason()).isEqualTo("did not start within PT0.001S");
        }
    }

    @Test
    void theStartLimitHoldsHoweverBusyTheCommonPoolIs() {
        CountDownLatch open = new CountDownLatch(1);
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(() -> awaitOpen(open));
        }
        WorkerSpec spec = RunningWorker.quiet(draft -> {
            draft.options.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y");
            draft.startLimit = Duration.ofMillis(500);
        });
        try (RunningWorker worker = RunningWorker.start(spec)) {
            assertThat(worker.end().reason()).isEqualTo("did not start within PT0.5S");
        } finally {
            open.countDown();
        }
    }

    private static void awaitOpen(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEnvironmentThatCannotBeIsReported() {
        try (RunningWorker worker =
                RunningWorker.start(RunningWorker.quiet(draft -> draft.environment.put("A=B", "c")))) {
            WorkerEnd end = worker.end();

            assertThat(end.reason()).contains("could not be started").contains("A=B");
            assertThat(end.cause()).containsInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anInitializerThatFailsEndsTheWorkerWithItsException() throws Exception {
        SerializableRunnable initializer = () -> {
            throw new IllegalStateException("no GPU");
        };
        Payload task = quiet().codec().encode(initializer);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.quiet(draft -> draft.initializer = task))) {
            WorkerEnd end = worker.end();

            assertThat(end.ready()).isFalse();
            assertThat(end.reason()).isEqualTo("its initializer failed: java.lang.IllegalStateException: no GPU");
            assertThat(end.cause()).containsInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void killingEndsWhatTheWorkerHasStarted() throws Exception {
        try (RunningWorker worker = RunningWorker.start(quiet())) {
            Object pid = worker.run(
                    1, () -> new ProcessBuilder("sleep", "1000").start().pid());
            ProcessHandle sleeper =
                    ProcessHandle.of((Long) Objects.requireNonNull(pid)).orElseThrow();

            worker.worker().kill("was killed by the test");

            sleeper.onExit().get(60, TimeUnit.SECONDS);
            assertThat(worker.end().exitCode()).hasValue(137);
        }
    }

    @Test
    void aWorkerIsKilledWhileItStarts() {
        try (RunningWorker worker = RunningWorker.start(quiet())) {
            worker.worker().kill("was killed by the test");

            assertThat(worker.end().ready()).isFalse();
        }
    }

    @Test
    void nothingIsLeftInTheDirectoryForTemporaryFiles() {
        File[] before = leftovers();
        try (RunningWorker worker = RunningWorker.start(quiet())) {
            worker.run(1, () -> null);
            worker.worker().finish();
            worker.end();
        }

        assertThat(leftovers()).hasSizeLessThanOrEqualTo(before.length);
    }

    private static File[] leftovers() {
        File[] files = new File(System.getProperty("java.io.tmpdir"))
                .listFiles((directory, name) -> name.startsWith("fleche") && new File(directory, name + "/w").exists());
        return files == null ? new File[0] : files;
    }

    private static WorkerSpec quiet() {
        return RunningWorker.quiet(draft -> {});
    }
}
