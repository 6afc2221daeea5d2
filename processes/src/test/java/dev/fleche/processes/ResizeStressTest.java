package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every future ends once, whatever becomes of the workers meanwhile. */
@Timeout(120)
class ResizeStressTest {

    private static final long SEED = 20_240_517;
    private static final int TASKS = 5_000;
    private static final int KILLS = TASKS / 1_000;

    private final Random random = new Random(SEED);

    @Test
    void everyFutureEndsOnceThoughWorkersComeAndGo() {
        AtomicInteger ends = new AtomicInteger();
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .output(WorkerOutput.discard())
                .startAttempts(TASKS) // the kills meet workers that start, too
                .build()) {
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                CompletableFuture<Integer> future = pool.submit(() -> number);
                futures.add(future);
                future.whenComplete((result, thrown) -> ends.incrementAndGet()).exceptionally(thrown -> 0);
                if (i % 500 == 499) {
                    pool.resize(1 + random.nextInt(3));
                }
                if (i % 1000 == 999) {
                    var unused = futures.get(i - 500)
                            .handle((result, thrown) -> result)
                            .join();
                    killOne();
                    LockSupport.parkNanos(random.nextInt(20_000_000)); // so that kills meet all states
                }
            }
            int crashed = 0;
            for (int i = 0; i < TASKS; i++) {
                crashed += isCrashed(futures.get(i), i) ? 1 : 0;
            }

            // a kill takes the answers along that were about to leave
            assertThat(crashed).as("seed " + SEED).isLessThanOrEqualTo(KILLS * Pacing.MAX_DEPTH);
        }
        assertThat(ends).as("seed " + SEED).hasValue(TASKS);
    }

    private void killOne() {
        List<ProcessHandle> workers = ProcessHandle.current()
                .children()
                .filter(child -> child.info().arguments().isPresent())
                .toList();
        if (!workers.isEmpty()) {
            workers.get(random.nextInt(workers.size())).destroyForcibly();
        }
    }

    private static boolean isCrashed(CompletableFuture<Integer> future, int number) {
        try {
            assertThat(future.orTimeout(30, TimeUnit.SECONDS).join())
                    .as("seed " + SEED)
                    .isEqualTo(number);
            return false;
        } catch (CompletionException e) {
            assertThat(e).as("seed " + SEED).hasCauseInstanceOf(WorkerCrashedException.class);
            return true;
        }
    }
}
