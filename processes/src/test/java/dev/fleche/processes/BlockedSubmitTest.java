package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.SerializableCallable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool that is busy and whose queue is full: whoever submits waits, for as long as he has said and no longer. */
@Timeout(30)
class BlockedSubmitTest {

    private static final int COUNT = 10;
    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private Gate gate;
    private ProcessPool pool;

    @BeforeEach
    void fillPool() throws IOException {
        gate = new Gate();
        pool = ProcessPool.builder()
                .workers(1)
                .maxQueuedBytes(0)
                .cancelGrace(Duration.ofMillis(100))
                .build();
        int port = gate.port();
        var unused = pool.submit(() -> Gate.pass(port));
        gate.awaitArrivals(1);
    }

    @AfterEach
    void closePool() throws IOException {
        pool.shutdownNow();
        gate.close();
    }

    private static List<Callable<Integer>> tasks() {
        SerializableCallable<Integer> task = () -> 5;
        return Collections.nCopies(COUNT, task);
    }

    /** Starts a thread and returns it once it waits. */
    private static Thread waiting(FutureTask<?> body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        thread.start();
        Until.holds("the thread waits", () -> WAITS.contains(thread.getState()));
        return thread;
    }

    private static Throwable failureOf(FutureTask<?> task) throws Exception {
        try {
            throw new AssertionError("expected a failure, got " + task.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    @Test
    void invokeAnyKeepsItsTimeOut() {
        assertThatThrownBy(() -> pool.invokeAny(tasks(), 100, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void invokeAllKeepsItsTimeOutAndReturnsAFutureForEachTask() throws Exception {
        List<Future<Integer>> futures = pool.invokeAll(tasks(), 100, TimeUnit.MILLISECONDS);

        assertThat(futures).hasSize(COUNT).allMatch(Future::isCancelled);
    }

    @Test
    void anInterruptedInvokeAllSaysSoAndCancelsItsTasks() throws Exception {
        FutureTask<?> call = new FutureTask<>(() -> pool.invokeAll(tasks()));

        waiting(call).interrupt();

        assertThat(failureOf(call)).isInstanceOf(InterruptedException.class);
        Until.holds("the queue is empty", () -> pool.stats().queued() == 0);
    }

    @Test
    void anInterruptedMapSaysSo() throws Exception {
        FutureTask<?> call = new FutureTask<>(() -> pool.map((Integer x) -> x, List.of(1, 2, 3, 4), 1));

        waiting(call).interrupt();

        assertThat(failureOf(call)).isInstanceOf(CancellationException.class).hasMessageContaining("interrupted");
    }

    @Test
    void anInterruptedSubmitIsRejectedAndStaysInterrupted() throws Exception {
        CountDownLatch kept = new CountDownLatch(1);
        FutureTask<?> call = new FutureTask<>(() -> {
            try {
                var unused = pool.submit(() -> 1);
                return pool.submit(() -> 1);
            } finally {
                if (Thread.currentThread().isInterrupted()) {
                    kept.countDown();
                }
            }
        });

        waiting(call).interrupt();

        assertThat(failureOf(call))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("interrupted while waiting to queue a task");
        assertThat(kept.getCount()).isZero();
    }

    @Test
    void shutdownNowRejectsWhoeverWaits() throws Exception {
        CompletableFuture<Integer> queued = pool.submit(() -> 1);
        FutureTask<?> submitting = new FutureTask<>(() -> pool.submit(() -> 1));
        FutureTask<?> all = new FutureTask<>(() -> pool.invokeAll(tasks()));
        FutureTask<?> any = new FutureTask<>(() -> pool.invokeAny(tasks()));
        FutureTask<?> map = new FutureTask<>(() -> pool.map((Integer x) -> x, List.of(1, 2, 3, 4), 1));
        for (FutureTask<?> each : List.of(submitting, all, any, map)) {
            waiting(each);
        }

        pool.shutdownNow();

        for (FutureTask<?> each : List.of(submitting, all, any, map)) {
            assertThat(failureOf(each)).isInstanceOfAny(RejectedExecutionException.class, CancellationException.class);
        }
        assertThat(queued.isCancelled()).isTrue();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shutdownNowEndsBatchesWhoseTasksRun() throws Exception {
        ProcessPool other = ProcessPool.builder()
                .workers(2)
                .cancelGrace(Duration.ofMillis(100))
                .build();
        int port = gate.port();
        SerializableCallable<Integer> task = () -> {
            Gate.pass(port);
            return 1;
        };
        FutureTask<List<Future<Integer>>> all = new FutureTask<>(() -> other.invokeAll(List.of(task, task, task)));
        FutureTask<?> any = new FutureTask<>(() -> other.invokeAny(List.of(task, task)));
        FutureTask<?> map = new FutureTask<>(() -> other.map(
                (Integer x) -> {
                    Gate.pass(port);
                    return x;
                },
                List.of(1, 2),
                1));
        waiting(all);
        gate.awaitArrivals(2);
        waiting(any);
        waiting(map);

        other.shutdownNow();

        assertThat(all.get(20, TimeUnit.SECONDS)).hasSize(3).allMatch(Future::isCancelled);
        assertThat(failureOf(any)).isInstanceOf(ExecutionException.class);
        assertThat(failureOf(map)).isInstanceOf(CancellationException.class);
        assertThat(other.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
}
