package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.SerializableCallable;
import dev.fleche.SerializableRunnable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerTaskTest {

    private static final WorkerSpec QUIET = RunningWorker.quiet(draft -> {});

    @Test
    void theRemoteStackTraceIsKeptAndMarked() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            Throwable thrown = RunningWorker.failureOf(worker.send(5, WorkerTaskTest::fails));

            assertThat(thrown).isInstanceOf(IOException.class).hasMessage("no disk");
            assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("fails");
            assertThat(thrown.getSuppressed()[0])
                    .hasMessage("thrown by task 5 in worker 1, process "
                            + worker.worker().pid().getAsLong());
        }
    }

    private static Object fails() throws IOException {
        throw new IOException("no disk");
    }

    @Test
    void whatIsThrownAndCannotTravelHasAStandIn() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            Throwable thrown = RunningWorker.failureOf(worker.send(1, () -> {
                throw new StuckException(new Object());
            }));

            assertThat(thrown)
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("StuckException: stuck")
                    .hasMessageContaining("java.lang.Object");
            assertThat(((RemoteTaskException) thrown).className()).isEqualTo(StuckException.class.getName());
            assertThat(thrown.getStackTrace()[0].getClassName()).isEqualTo(WorkerTaskTest.class.getName());
        }
    }

    static final class StuckException extends RuntimeException {

        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // what this test is about
        private final Object load;

        StuckException(Object load) {
            super("stuck");
            this.load = load;
        }

        Object load() {
            return load;
        }
    }

    @Test
    void aResultThatIsNotSerializableFailsItsTaskAlone() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            Throwable thrown = RunningWorker.failureOf(worker.send(1, () -> new CountDownLatch(1)));

            assertThat(thrown)
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("java.util.concurrent.CountDownLatch")
                    .hasMessageContaining("implement java.io.Serializable");
            assertThat(worker.run(2, () -> 7)).isEqualTo(7);
        }
    }

    @Test
    void aStackThatOverflowsFailsItsTaskAlone() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            Throwable thrown = RunningWorker.failureOf(worker.send(1, () -> deep(0)));

            assertThat(thrown).isInstanceOf(StackOverflowError.class);
            assertThat(worker.run(2, () -> 7)).isEqualTo(7);
        }
    }

    private static int deep(int depth) {
        return depth < 0 ? 0 : 1 + deep(depth + 1);
    }

    @Test
    void aTaskThatRunsIsInterrupted() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            CompletableFuture<@Nullable Object> running = worker.send(1, () -> {
                new CountDownLatch(1).await();
                return null;
            });
            CompletableFuture<@Nullable Object> waiting = worker.send(2, () -> "never");
            CompletableFuture<@Nullable Object> next = worker.send(3, () -> "next");

            worker.worker().cancel(2);
            worker.worker().cancel(1);

            assertThat(RunningWorker.failureOf(waiting)).isInstanceOf(CancellationException.class);
            assertThat(RunningWorker.failureOf(running))
                    .isInstanceOfAny(InterruptedException.class, CancellationException.class);
            assertThat(RunningWorker.get(next)).isEqualTo("next");
        }
    }

    @Test
    void whatATaskLeavesOnItsThreadIsGoneForTheNext() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            worker.run(1, () -> {
                Thread.currentThread().setContextClassLoader(null);
                Thread.currentThread().interrupt();
                return null;
            });

            assertThat(worker.run(
                            2,
                            () -> Thread.currentThread().isInterrupted()
                                    || Thread.currentThread().getContextClassLoader()
                                            != ClassLoader.getSystemClassLoader()))
                    .isEqualTo(false);
        }
    }

    @Test
    void theStandardInputIsEmpty() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            assertThat(worker.run(1, () -> System.in.read())).isEqualTo(-1);
        }
    }

    @Test
    void largeArraysArriveAsTheyWere() {
        double[] numbers = new double[100_000];
        numbers[99_999] = Math.PI;
        long[] longs = {1, 2, 3};
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            Object result = worker.run(1, () -> List.of(numbers, numbers, longs, new int[5000], new float[5000]));

            List<?> arrays = (List<?>) Objects.requireNonNull(result);
            assertThat(arrays.get(0)).isEqualTo(numbers).isSameAs(arrays.get(1));
            assertThat(arrays.get(2)).isEqualTo(longs);
            assertThat(arrays.get(3)).isEqualTo(new int[5000]);
            assertThat(arrays.get(4)).isEqualTo(new float[5000]);
        }
    }

    @Test
    void theDirectoryAndTheEnvironmentAreThoseAskedFor(@TempDir Path directory) throws IOException {
        WorkerSpec spec = RunningWorker.quiet(draft -> {
            draft.directory = directory;
            draft.environment.put("COLOUR", "blue");
            draft.removed.add("PATH");
        });
        try (RunningWorker worker = RunningWorker.start(spec)) {
            assertThat(worker.run(1, () -> System.getenv("COLOUR") + " " + System.getenv("PATH")))
                    .isEqualTo("blue null");
            assertThat(worker.run(2, () -> Path.of("").toRealPath().toString()))
                    .isEqualTo(directory.toRealPath().toString());
        }
    }

    @Test
    void theInitializerRunsBeforeTheFirstTask() throws ObjectStreamException {
        SerializableRunnable initializer = () -> System.setProperty("set.by.initializer", "yes");
        Payload payload = QUIET.codec().encode(initializer);
        WorkerSpec spec = RunningWorker.quiet(draft -> draft.initializer = payload);
        try (RunningWorker worker = RunningWorker.start(spec)) {
            assertThat(worker.run(1, () -> System.getProperty("set.by.initializer")))
                    .isEqualTo("yes");
        }
    }

    @Test
    void aWorkerHasTheStackAskedFor() {
        SerializableCallable<Integer> task = () -> depth(50_000);
        try (RunningWorker worker = RunningWorker.start(RunningWorker.quiet(draft -> draft.stackBytes = 64 << 20))) {
            assertThat(worker.run(1, task)).isEqualTo(50_000);
        }
    }

    private static int depth(int left) {
        return left == 0 ? 0 : 1 + depth(left - 1);
    }

    @Test
    void aThousandTasksAreAnsweredInOrder() {
        try (RunningWorker worker = RunningWorker.start(QUIET)) {
            List<CompletableFuture<@Nullable Object>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int number = i;
                answers.add(worker.send(i, () -> number * number));
            }

            for (int i = 0; i < 1000; i++) {
                assertThat(RunningWorker.get(answers.get(i))).isEqualTo(i * i);
            }
        }
    }
}
