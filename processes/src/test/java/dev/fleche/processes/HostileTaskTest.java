package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.SerializableCallable;
import dev.fleche.testing.ChildJvm;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks throw, return and print that our own code trips over: each costs its own future, and no worker. */
@Timeout(60)
class HostileTaskTest {

    private static ProcessPool pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.builder().workers(1).output(WorkerOutput.discard()).build();
    }

    @AfterAll
    static void closePool() {
        pool.shutdownNow();
    }

    /** Returns what a task fails with, having made sure that its worker lives on. */
    private static Throwable failureAlone(SerializableCallable<?> task) {
        long pid = RunningWorker.get(pool.submit(() -> ProcessHandle.current().pid()));

        Throwable failure = RunningWorker.failureOf(pool.submit(task));

        assertThat(RunningWorker.get(pool.submit(() -> ProcessHandle.current().pid())))
                .isEqualTo(pid);
        return failure;
    }

    @Test
    void anExceptionWithoutStackTraceFailsItsTaskAlone() {
        assertThat(failureAlone(() -> {
                    throw new Traceless(new Object());
                }))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("Traceless: no trace");
    }

    static final class Traceless extends RuntimeException {

        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // keeps it from travelling itself
        private final Object load;

        Traceless(Object load) {
            super("no trace");
            this.load = load;
        }

        @Override
        @SuppressWarnings("NullAway") // what this is about
        public StackTraceElement[] getStackTrace() {
            return load == null ? new StackTraceElement[0] : null;
        }
    }

    @Test
    void anExceptionThatFailsWhenWrittenOrAskedFailsItsTaskAlone() {
        assertThat(failureAlone(() -> {
                    throw new Mute();
                }))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("Mute")
                .hasMessageContaining("not to be written");
    }

    static final class Mute extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }

        private void writeObject(ObjectOutputStream out) {
            throw new AssertionError("not to be written to " + out.getClass());
        }
    }

    @Test
    void aResultThatFailsWhenReadFailsItsTaskAlone() {
        assertThat(failureAlone(Unreadable::new))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("could not be deserialized: java.lang.AssertionError: invariant");
    }

    static final class Unreadable implements Serializable {

        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            throw new AssertionError("invariant of " + in.getClass());
        }
    }

    @Test
    void anExceptionThatFailsWhenReadFailsItsTaskAlone() {
        assertThat(failureAlone(() -> {
                    throw new UnreadableException();
                }))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("UnreadableException: in the worker");
    }

    static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnreadableException() {
            super("in the worker");
        }

        private void readObject(ObjectInputStream in) {
            throw new AssertionError("invariant of " + in.getClass());
        }
    }

    @Test
    void aTaskThatFailsWhenWrittenFailsItsFutureAlone() {
        MuteTask task = new MuteTask();

        assertThat(failureAlone(task))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("could not be serialized: java.lang.AssertionError: not to be written");
    }

    static final class MuteTask implements SerializableCallable<Integer> {

        private static final long serialVersionUID = 1;

        @Override
        public Integer call() {
            return 1;
        }

        private void writeObject(ObjectOutputStream out) {
            throw new AssertionError("not to be written to " + out.getClass());
        }
    }

    @Test
    void aHeapFullToTheLastByteFailsItsTaskAndThePoolHeals() {
        try (ProcessPool small = ProcessPool.builder()
                .workers(1)
                .jvmOptions("-Xmx32m")
                .output(WorkerOutput.discard())
                .build()) {
            CompletableFuture<Object> greedy = small.submit(() -> {
                Full.fill();
                return 1;
            });

            assertThat(RunningWorker.failureOf(greedy))
                    .isInstanceOfAny(WorkerCrashedException.class, OutOfMemoryError.class);
            assertThat(RunningWorker.get(small.submit(() -> 2))).isEqualTo(2);
        }
    }

    /** A heap in which no object has room. */
    static final class Full {

        private static Object @Nullable [] last;

        private Full() {}

        static void fill() {
            int length = 1 << 16;
            while (true) {
                try {
                    Object[] next = new Object[length];
                    next[0] = last;
                    last = next;
                } catch (OutOfMemoryError e) {
                    if (length == 1) {
                        throw e;
                    }
                    length /= 2;
                }
            }
        }
    }

    @Test
    void aConsumerOfOutputThatThrowsAnErrorCostsNoResult() {
        try (ProcessPool loud = ProcessPool.builder()
                .workers(1)
                .output(WorkerOutput.to(line -> {
                    throw new AssertionError("unexpected " + line);
                }))
                .build()) {
            CompletableFuture<String> printing = loud.submit(() -> {
                System.out.println("hello");
                return "result";
            });

            assertThat(RunningWorker.get(printing)).isEqualTo("result");
            assertThat(loud.stats().crashed()).isZero();
        }
    }

    @Test
    void aMemoisedResultTooLargeForThisProcessFailsItsTaskAlone() {
        try (ChildJvm program =
                ChildJvm.running(Small.class).withOptions("-Xmx72m").start()) {
            assertThat(program.result()).containsSubsequence("failed: java.lang.OutOfMemoryError", "then: 1", "closed");
        }
    }

    /** A program that has no room for what its task returns. */
    static final class Small {

        private static final int LENGTH = 5_000_000;

        private Small() {}

        static double[] numbers(int length) {
            double[] numbers = new double[length];
            numbers[1] = 2; // more than one value, lest the encoding be short
            return numbers;
        }

        public static void main(String[] arguments) {
            Memo1<Integer, double[]> memo = Fleche.of(Small::numbers);
            try (ProcessPool pool =
                    ProcessPool.builder().workers(1).jvmOptions("-Xmx512m").build()) {
                Throwable thrown = RunningWorker.failureOf(pool.submit(memo.on(LENGTH)));
                System.out.println("failed: " + thrown.getClass().getName());
                System.out.println("then: " + RunningWorker.get(pool.submit(() -> 1)));
            }
            System.out.println("closed");
        }
    }
}
