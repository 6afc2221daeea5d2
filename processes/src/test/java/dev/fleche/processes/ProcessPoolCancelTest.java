package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessPoolCancelTest {

    private static ProcessPool pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.builder()
                .workers(1)
                .cancelGrace(Duration.ofMillis(200))
                .build();
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void aQueuedTaskThatIsCancelledNeverRuns(@TempDir Path directory) throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            String file = directory.resolve("ran").toString();
            Future<?> blocking = pool.submit(() -> Gate.pass(port));
            Future<?> queued = pool.submit(() -> Files.createFile(Path.of(file)).toString());
            gate.awaitArrivals(1);

            boolean cancelled = queued.cancel(false);
            awaitInFlight(1);
            gate.open();

            assertThat(cancelled).isTrue();
            assertThat(queued.isCancelled()).isTrue();
            assertThatThrownBy(queued::get).isInstanceOf(CancellationException.class);
            blocking.get();
            pool.submit(() -> 1).get();
            assertThat(Path.of(file)).doesNotExist();
        }
    }

    /** Until the worker has given a recalled task back, it may begin it. */
    private static void awaitInFlight(int tasks) {
        while (pool.stats().inFlight() > tasks) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aRunningTaskIsInterruptedAndItsWorkerStays() throws Exception {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> running = pool.submit(() -> {
                Gate.passUnlessInterrupted(port);
                return 1;
            });
            gate.awaitArrivals(1);

            running.cancel(true);

            assertThat(running.isCancelled()).isTrue();
            assertThat(pool.submit(() -> ProcessHandle.current().pid()).get()).isEqualTo(pid);
        }
    }

    @Test
    void aTaskThatDoesNotHeedItsInterruptIsKilledAfterTheGrace() throws Exception {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
        long crashed = pool.stats().crashed();
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> deaf = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);

            deaf.cancel(true);

            assertThat(pool.submit(() -> ProcessHandle.current().pid()).get()).isNotEqualTo(pid);
            assertThat(pool.stats().crashed()).as("not a crash").isEqualTo(crashed);
        }
    }

    @Test
    void cancelledWithoutInterruptATaskGoesOn(@TempDir Path directory) throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            String file = directory.resolve("ran").toString();
            Future<?> running = pool.submit(() -> {
                Gate.pass(port);
                return Files.createFile(Path.of(file)).toString();
            });
            gate.awaitArrivals(1);

            running.cancel(false);
            gate.open();

            assertThat(running.isCancelled()).isTrue();
            pool.submit(() -> 1).get();
            assertThat(Path.of(file)).exists();
        }
    }

    @Test
    void tasksBehindACancelledOneStillRun() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int number = i;
            futures.add(pool.submit(() -> number));
        }

        for (int i = 0; i < 2000; i += 2) {
            futures.get(i).cancel(true);
        }

        for (int i = 1; i < 2000; i += 2) {
            assertThat(futures.get(i).get()).isEqualTo(i);
        }
    }

    @Test
    void aFutureThatIsDoneCannotBeCancelled() throws Exception {
        Future<Integer> done = pool.submit(() -> 1);
        done.get();

        assertThat(done.cancel(true)).isFalse();
        assertThat(done.get()).isEqualTo(1);
    }

    @Test
    void cancellingWhatIsChainedLeavesTheTaskAlone() throws Exception {
        CompletableFuture<Integer> task = pool.submit(() -> 1);

        task.thenApply(value -> value + 1).cancel(true);

        assertThat(task.get()).isEqualTo(1);
    }

    @Test
    void tasksBehindOneThatIsKilledRunOnAnotherWorker() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> deaf = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);
            List<Future<Integer>> behind = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                behind.add(pool.submit(() -> number));
            }

            deaf.cancel(true);

            for (int i = 0; i < 10; i++) {
                assertThat(behind.get(i).get()).isEqualTo(i);
            }
        }
    }

    @Test
    void anInterruptDoesNotReachTheNextTask() throws Exception {
        for (int i = 0; i < 200; i++) {
            pool.submit(() -> 1).cancel(true);
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get())
                    .isFalse();
        }
    }

    @Test
    void whoeverWaitsForACancelledTaskIsToldAtOnce() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            CompletableFuture<?> deaf = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);
            CountDownLatch told = new CountDownLatch(1);
            deaf.whenComplete((result, thrown) -> told.countDown()).exceptionally(thrown -> null);

            deaf.cancel(true);

            assertThat(told.getCount()).isZero();
        }
    }
}
