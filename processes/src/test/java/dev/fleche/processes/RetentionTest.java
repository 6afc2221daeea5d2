package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.SerializableCallable;
import dev.fleche.testing.ChildJvm;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pool, and who keeps its futures, hold on to. */
@Timeout(60)
class RetentionTest {

    private static void awaitCollected(WeakReference<?> reference) {
        Until.holds("the argument is collected", () -> {
            if (!reference.refersTo(null)) {
                System.gc();
            }
            return reference.refersTo(null);
        });
    }

    private static WeakReference<Object> submit(ProcessPool pool, List<CompletableFuture<?>> futures, int failing) {
        byte[] argument = new byte[100_000];
        SerializableCallable<Integer> task = () -> argument.length / failing;
        futures.add(pool.submit(task));
        return new WeakReference<>(argument);
    }

    @Test
    void aFutureThatIsDoneKeepsNoArguments() {
        try (ProcessPool pool = ProcessPool.of(1)) {
            List<CompletableFuture<?>> futures = new ArrayList<>();

            WeakReference<?> returning = submit(pool, futures, 1);
            WeakReference<?> failing = submit(pool, futures, 0);
            assertThat(RunningWorker.get(futures.get(0))).isEqualTo(100_000);
            assertThat(RunningWorker.failureOf(futures.get(1))).isInstanceOf(ArithmeticException.class);

            awaitCollected(returning);
            awaitCollected(failing);
            assertThat(futures).hasSize(2);
        }
    }

    @Test
    void aCancelledTaskIsLetGoBeforeItsTurn() throws Exception {
        try (ProcessPool pool = ProcessPool.of(1);
                Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> blocking = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);
            List<CompletableFuture<?>> futures = new ArrayList<>();
            WeakReference<?> argument = submit(pool, futures, 1);

            futures.get(0).cancel(true);

            awaitCollected(argument);
            gate.open();
            blocking.get();
            assertThat(futures).hasSize(1);
        }
    }

    @Test
    void manyCancelledTasksLeaveTheQueueAndTheOthersStayInOrder() throws Exception {
        List<WeakReference<?>> cancelled = new ArrayList<>();
        List<CompletableFuture<Integer>> kept = new ArrayList<>();
        try (ProcessPool pool = ProcessPool.of(1);
                Gate gate = new Gate()) {
            int port = gate.port();
            Future<?> blocking = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);
            for (int i = 0; i < 1000; i++) {
                int number = i;
                CompletableFuture<Integer> future = pool.submit(() -> number);
                if (i % 10 == 0) {
                    kept.add(future);
                } else {
                    future.cancel(false);
                    cancelled.add(new WeakReference<>(future));
                }
            }

            cancelled.subList(0, 500).forEach(RetentionTest::awaitCollected);
            assertThat(pool.stats().queued()).isEqualTo(100);
            gate.open();

            blocking.get();
            for (int i = 0; i < kept.size(); i++) {
                assertThat(RunningWorker.get(kept.get(i))).isEqualTo(10 * i);
            }
        }
    }

    @Test
    void poolsThatComeAndGoLeaveNothingBehind(@TempDir Path directory) {
        try (ChildJvm program = ChildJvm.running(Cycles.class)
                .withOptions("-Djava.io.tmpdir=" + directory)
                .start()) {
            assertThat(program.result()).contains("clean");
        }
    }

    /** A program whose pools come and go; it ends once what they had is gone. */
    static final class Cycles {

        private Cycles() {}

        public static void main(String[] arguments) {
            cycle();
            Until.holds("the first workers are gone", () -> children() == 0);
            int files = openFiles();

            for (int i = 0; i < 15; i++) {
                cycle();
            }

            Until.holds("children are gone", () -> children() == 0);
            Until.holds("threads are gone", () -> threads() == 0);
            Until.holds("files are closed", () -> openFiles() <= files);
            Until.holds("files are deleted", () -> temporaryFiles() == 0);
            System.out.println("clean");
        }

        private static void cycle() {
            try (ProcessPool pool = ProcessPool.builder()
                    .workers(2)
                    .output(WorkerOutput.discard())
                    .build()) {
                CompletableFuture<?> crashing =
                        pool.submit(() -> Runtime.getRuntime().halt(3));
                CompletableFuture<Integer> other = pool.submit(() -> 1);
                assertThat(RunningWorker.failureOf(crashing)).isInstanceOf(WorkerCrashedException.class);
                assertThat(RunningWorker.get(other)).isEqualTo(1);
            }
        }

        private static long children() {
            return ProcessHandle.current().children().count();
        }

        /** Counts the threads of workers; those of all pools stay for a while, for the next. */
        private static long threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("fleche worker")
                            || thread.getName().startsWith("fleche door")
                            || thread.getName().startsWith("fleche rehearsal"))
                    .count();
        }

        private static int openFiles() {
            String[] names = new File("/proc/self/fd").list();
            return names == null ? 0 : names.length;
        }

        private static int temporaryFiles() {
            String[] names =
                    new File(System.getProperty("java.io.tmpdir")).list((directory, name) -> name.startsWith("fleche"));
            return names == null ? 0 : names.length;
        }
    }
}
