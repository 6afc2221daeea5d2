package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users chain to futures may block, and even wait for the pool itself. */
@Timeout(60)
class ContinuationTest {

    @Test
    void anyNumberOfContinuationsMayWaitForOtherTasks() {
        try (ProcessPool pool = ProcessPool.of(2)) {
            List<CompletableFuture<Integer>> chained = new ArrayList<>();
            CountDownLatch open = new CountDownLatch(1);
            for (int i = 0; i < 400; i++) {
                int number = i;
                chained.add(pool.submit(() -> number).thenApply(x -> {
                    awaitOpen(open);
                    return pool.submit(() -> x + 1).join();
                }));
            }
            Until.holds("all have returned", () -> pool.stats().completed() == 400);

            open.countDown();

            for (int i = 0; i < 400; i++) {
                assertThat(RunningWorker.get(chained.get(i))).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void aWorkerIsKilledHoweverManyContinuationsWait() {
        CountDownLatch open = new CountDownLatch(1);
        try (ProcessPool pool = ProcessPool.of(1)) {
            for (int i = 0; i < 300; i++) {
                var unused = pool.submit(() -> 1).thenRun(() -> awaitOpen(open));
            }
            CompletableFuture<Integer> hanging = pool.withTimeLimit(Duration.ofMillis(200))
                    .submit(() -> {
                        new CountDownLatch(1).await();
                        return 1;
                    });

            assertThat(RunningWorker.failureOf(hanging)).isInstanceOf(TimeoutException.class);
            assertThat(RunningWorker.get(pool.submit(() -> 2))).isEqualTo(2);
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
    void severalContinuationsMayCloseThePool() throws Exception {
        ProcessPool pool = ProcessPool.of(2);
        pool.prestart().join();
        try (Gate gate = new Gate()) {
            int port = gate.port();
            List<CompletableFuture<Void>> closing = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                closing.add(pool.submit(() -> Gate.pass(port)).thenRun(pool::close));
            }
            gate.awaitArrivals(2);

            gate.open();

            for (CompletableFuture<Void> each : closing) {
                RunningWorker.get(each);
            }
            Until.holds("the pool is over", pool::isTerminated);
        }
    }
}
