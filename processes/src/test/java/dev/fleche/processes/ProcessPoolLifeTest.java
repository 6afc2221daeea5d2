package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.SerializableRunnable;
import dev.fleche.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessPoolLifeTest {

    @Test
    void noWorkerStartsBeforeTheFirstTask() throws Exception {
        try (ProcessPool pool = ProcessPool.of(2)) {
            assertThat(pool.stats().workers()).isZero();

            pool.submit(() -> 1).get();

            assertThat(pool.stats().started()).isEqualTo(1);
            assertThat(pool.stats().completed()).isEqualTo(1);
        }
    }

    @Test
    void anIdleWorkerIsUsedBeforeAnotherStarts() throws Exception {
        try (ProcessPool pool = ProcessPool.of(4)) {
            for (int i = 0; i < 20; i++) {
                pool.submit(() -> 1).get();
            }

            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void prestartStartsAllWorkers() {
        try (ProcessPool pool = ProcessPool.of(2)) {
            pool.prestart().join();

            assertThat(pool.stats().idle()).isEqualTo(2);
        }
    }

    @Test
    void idleWorkersAreLetGoDownToTheLeastNumber() throws Exception {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(2)
                .leastWorkers(1)
                .keepAlive(Duration.ofMillis(50))
                .build()) {
            pool.prestart().join();

            Until.holds("one worker is left", () -> pool.stats().workers() == 1);

            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            assertThat(pool.stats().started()).isEqualTo(2);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void workersAreReplacedAfterTheirNumberOfTasks() throws Exception {
        try (ProcessPool pool =
                ProcessPool.builder().workers(1).tasksPerWorker(2).build()) {
            Set<Long> pids = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                pids.add(pool.submit(() -> ProcessHandle.current().pid()).get());
            }

            assertThat(pids).hasSize(3);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void aPoolGrowsAndShrinks() throws Exception {
        try (ProcessPool pool = ProcessPool.of(1);
                Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> one = pool.submit(() -> Gate.pass(port));
            Future<?> other = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);

            pool.resize(2);
            gate.awaitArrivals(1);
            assertThat(pool.stats().workers()).isEqualTo(2);
            pool.resize(1);
            gate.open();

            one.get();
            other.get();
            Until.holds("one worker is left", () -> pool.stats().workers() == 1);
            assertThat(pool.workers()).isEqualTo(1);
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    void theInitializerRunsOnceInEachWorkerBeforeItsTasks() throws Exception {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .initializer(() -> System.setProperty("made.by", "initializer"))
                .build()) {
            assertThat(pool.submit(() -> System.getProperty("made.by")).get()).isEqualTo("initializer");
        }
    }

    @Test
    void aPoolWhoseWorkersCannotStartFailsItsTasksAndRefusesOthers() {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .initializer(() -> {
                    throw new IllegalStateException("no licence");
                })
                .build()) {
            CompletableFuture<Integer> task = pool.submit(() -> 1);

            assertThatThrownBy(task::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(WorkerCrashedException.class)
                    .hasMessageContaining("no worker of the pool can start; 3 have failed in a row")
                    .hasMessageContaining("no licence");
            assertThatThrownBy(() -> pool.submit(() -> 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("no licence");
            assertThat(pool.stats().started()).isEqualTo(3);
        }
    }

    @Test
    void anOptionThatTheJvmDoesNotKnowIsToldInItsOwnWords() {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .startAttempts(1)
                .jvmOptions("-XX:NoSuchOption")
                .build()) {
            assertThatThrownBy(() -> pool.prestart().join()).hasMessageContaining("NoSuchOption");
        }
    }

    @Test
    void afterShutdownTasksThatWereSubmittedStillRun() throws Exception {
        ProcessPool pool = ProcessPool.of(1);
        Future<Integer> task = pool.submit(() -> 1);
        Future<Integer> queued = pool.submit(() -> 2);

        pool.shutdown();

        assertThat(pool.isShutdown()).isTrue();
        assertThatThrownBy(() -> pool.submit(() -> 3))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("the pool takes no tasks: it has been shut down");
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(task.get()).isEqualTo(1);
        assertThat(queued.get()).isEqualTo(2);
        assertThat(pool.stats().workers()).isZero();
    }

    @Test
    void shutdownNowInterruptsWhatRunsAndReturnsWhatDoesNot() throws Exception {
        ProcessPool pool = ProcessPool.of(1);
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> running = pool.submit(() -> {
                Gate.passUnlessInterrupted(port);
                return 1;
            });
            gate.awaitArrivals(1);
            SerializableRunnable queued = () -> {};
            pool.execute(queued);
            Future<Integer> waiting = pool.submit(() -> 1);

            List<Runnable> never = pool.shutdownNow();

            assertThat(never).hasSize(2).first().isSameAs(queued);
            assertThat(waiting.isCancelled()).isTrue();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThatThrownBy(running::get).hasMessageContaining("ClosedByInterruptException");
        }
    }

    @Test
    void shutdownNowKillsWhatDoesNotHeedItsInterrupt() throws Exception {
        ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .cancelGrace(Duration.ofMillis(50))
                .build();
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> deaf = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);

            pool.shutdownNow();

            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(deaf.isCancelled()).isTrue();
        }
    }

    @Test
    void closeMayBeCalledInWhatFollowsATask() throws Exception {
        ProcessPool pool = ProcessPool.of(1);

        pool.submit(() -> 1).thenRun(pool::close).get();

        Until.holds("the pool is over", pool::isTerminated);
    }

    @Test
    void anInterruptedCloseStopsTheTasks() throws Exception {
        ProcessPool pool = ProcessPool.of(1);
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<Integer> running = pool.submit(() -> {
                Gate.passUnlessInterrupted(port);
                return 1;
            });
            gate.awaitArrivals(1);

            Thread.currentThread().interrupt();
            pool.close();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(pool.isTerminated()).isTrue();
            assertThat(running.isDone()).isTrue();
        }
    }

    @Test
    void aPoolThatIsNotUsedCanBeShutDown() throws Exception {
        ProcessPool pool = ProcessPool.of(2);

        assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(pool.shutdownNow()).isEmpty();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void aSubmitWaitsWhileTooManyBytesAreQueued() throws Exception {
        try (ProcessPool pool =
                        ProcessPool.builder().workers(1).maxQueuedBytes(1000).build();
                Gate gate = new Gate()) {
            int port = gate.port();
            byte[] large = new byte[10_000];
            Future<?> blocking = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);
            Future<Integer> queued = pool.submit(() -> large.length);
            CountDownLatch passed = new CountDownLatch(1);
            Thread submitter = new Thread(() -> {
                pool.execute((SerializableRunnable) () -> System.setProperty("length", "" + large.length));
                passed.countDown();
            });
            submitter.start();
            Until.holds("the submitter waits", () -> submitter.getState() == Thread.State.TIMED_WAITING);

            gate.open();

            assertThat(passed.await(1, TimeUnit.MINUTES)).isTrue();
            blocking.get();
            assertThat(queued.get()).isEqualTo(large.length);
        }
    }

    @Test
    void aForgottenPoolDoesNotKeepItsProcessAliveAndItsWorkersEndWithIt(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pid");
        try (ChildJvm program = ChildJvm.start(Forgetful.class, file.toString())) {
            program.result();
        }

        ProcessHandle.of(Long.parseLong(Files.readString(file)))
                .ifPresent(worker ->
                        worker.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** A program that makes a pool and forgets it. */
    static final class Forgetful {

        private Forgetful() {}

        public static void main(String[] arguments) throws Exception {
            long pid = ProcessPool.of(1)
                    .submit(() -> ProcessHandle.current().pid())
                    .get();
            Files.writeString(Path.of(arguments[0]), String.valueOf(pid));
        }
    }
}
