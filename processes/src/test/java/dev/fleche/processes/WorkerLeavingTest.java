package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.SerializableRunnable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that do not end when they are let go, or are stopped, keep nobody waiting. */
@Timeout(60)
class WorkerLeavingTest {

    private static ProcessPoolBuilder one() {
        return ProcessPool.builder().workers(1).output(WorkerOutput.discard()).cancelGrace(Duration.ofMillis(100));
    }

    private static long pid(ProcessPool pool) {
        return RunningWorker.get(pool.submit(() -> ProcessHandle.current().pid()));
    }

    private static void stop(long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aWorkerThatDoesNotEndAfterItsLastTaskIsKilledAndReplaced() throws Exception {
        SerializableRunnable task = () -> Runtime.getRuntime().addShutdownHook(new Thread(WorkerLeavingTest::hang));
        ProcessPool pool = one().tasksPerWorker(1).build();

        pool.submit(task).get();

        assertThat(RunningWorker.get(pool.submit(() -> 2))).isEqualTo(2);
        pool.submit(task).get();
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.stats().crashed()).isZero();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStoppedIdleWorkerDoesNotHoldUpTheEndOfThePool() throws Exception {
        ProcessPool pool = one().build();
        stop(pid(pool));

        pool.shutdown();

        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStoppedWorkerIsKilledWhenTheTimeOfItsTaskIsUp() throws Exception {
        try (ProcessPool pool = one().build()) {
            long pid = pid(pool);
            stop(pid);

            CompletableFuture<Integer> late =
                    pool.withTimeLimit(Duration.ofMillis(200)).submit(() -> 1);

            assertThat(RunningWorker.failureOf(late)).isInstanceOf(TimeoutException.class);
            assertThat(pid(pool)).isNotEqualTo(pid);
        }
    }

    @Test
    void aStoppedWorkerIsKilledWhenItsTaskIsCancelled() throws Exception {
        try (ProcessPool pool = one().build()) {
            long pid = pid(pool);
            stop(pid);

            pool.submit(() -> 1).cancel(true);

            assertThat(pid(pool)).isNotEqualTo(pid);
        }
    }

    @Test
    void aStoppedWorkerDoesNotHoldUpShutdownNow() throws Exception {
        ProcessPool pool = one().build();
        stop(pid(pool));
        CompletableFuture<Integer> waiting = pool.submit(() -> 1);

        pool.shutdownNow();

        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.isCancelled()).isTrue();
    }

    @Test
    void aTimeLimitHoldsForATaskThatWasCancelledWithoutInterrupt() throws Exception {
        try (ProcessPool pool = one().build();
                Gate gate = new Gate()) {
            int port = gate.port();
            long pid = pid(pool);
            CompletableFuture<?> deaf =
                    pool.withTimeLimit(Duration.ofMillis(500)).submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);

            deaf.cancel(false);

            assertThat(pid(pool)).isNotEqualTo(pid);
            assertThatThrownBy(deaf::join).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aTaskBehindWhichAnotherIsCancelledRunsOnceAndOnTheSameWorker() throws Exception {
        try (ProcessPool pool = one().cancelGrace(Duration.ZERO).build();
                Gate gate = new Gate()) {
            int port = gate.port();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 100; i++) {
                    var unused = pool.submit(() -> 1);
                }
                long pid = pid(pool);

                CompletableFuture<Long> first = pool.submit(() -> {
                    Gate.pass(port);
                    return ProcessHandle.current().pid();
                });
                pool.submit(() -> 1).cancel(true);
                gate.awaitArrivals(1);
                gate.open();

                assertThat(RunningWorker.get(first)).as("round " + round).isEqualTo(pid);
            }
        }
    }

    @Test
    void aTaskQueuedAfterThePoolBrokeFailsToo(@TempDir Path directory) throws Exception {
        String licence = directory.resolve("licence").toString();
        ProcessPool pool = one().workers(2)
                .tasksPerWorker(1)
                .initializer(() -> takeLicence(licence))
                .build();
        try (Gate gate = new Gate()) {
            int port = gate.port();
            CompletableFuture<Integer> crashing = pool.withRetriesOnCrash(1).submit(() -> {
                Gate.pass(port);
                Runtime.getRuntime().halt(3);
                return 1;
            });
            gate.awaitArrivals(1);

            CompletableFuture<Integer> other = pool.submit(() -> 2);
            assertThat(RunningWorker.failureOf(other)).hasMessageContaining("no licence");
            gate.open();

            assertThat(RunningWorker.failureOf(crashing))
                    .isInstanceOf(WorkerCrashedException.class)
                    .hasMessageContaining("no licence");
            pool.shutdown();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void takeLicence(String file) {
        try {
            Files.createFile(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("no licence is left", e);
        }
    }
}
