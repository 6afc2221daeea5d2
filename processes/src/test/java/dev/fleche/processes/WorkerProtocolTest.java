package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a worker sends: it is given up with a reason, its task fails, and the pool heals. */
@Timeout(60)
class WorkerProtocolTest {

    @ParameterizedTest
    @EnumSource
    void whoeverBreaksTheProtocolIsGivenUp(FakeWorker.Fault fault, @TempDir Path directory) throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try (ProcessPool pool = pool(FakeWorker.javaHome(directory, fault))) {
            CompletableFuture<Integer> first = pool.submit(() -> 1);

            if (fault == FakeWorker.Fault.UNKNOWN_KIND_BEFORE_READY) {
                assertThat(RunningWorker.get(first)).isEqualTo(1);
            } else {
                assertThat(RunningWorker.failureOf(first))
                        .isInstanceOf(WorkerCrashedException.class)
                        .hasMessageContaining("it broke the protocol: ")
                        .hasMessageContaining(fault.message);
            }
            assertThat(RunningWorker.get(pool.submit(() -> 2))).isEqualTo(2);
            assertThat(pool.stats().crashed()).isEqualTo(1);
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static ProcessPool pool(Path javaHome) {
        WorkerSpec spec = RunningWorker.quiet(draft -> draft.javaHome = javaHome);
        PoolOptions defaults = ProcessPool.builder().options();
        PoolOptions options = new PoolOptions(
                1,
                0,
                defaults.keepAlive(),
                defaults.tasksPerWorker(),
                defaults.cancelGrace(),
                defaults.poisonLimit(),
                defaults.startAttempts(),
                defaults.maxQueuedBytes(),
                spec);
        return new ProcessPool(new Dispatcher(options), TaskOptions.DEFAULT);
    }
}
