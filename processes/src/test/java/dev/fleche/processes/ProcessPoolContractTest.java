package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.SerializableCallable;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ExecutorService} says of batches. */
@Timeout(120)
class ProcessPoolContractTest {

    private static ExecutorService pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.of(2);
    }

    @AfterAll
    static void closePool() throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static Callable<Integer> returning(int value) {
        return (SerializableCallable<Integer>) () -> value;
    }

    private static Callable<Integer> throwing(String message) {
        return (SerializableCallable<Integer>) () -> {
            throw new IllegalStateException(message);
        };
    }

    private static Callable<Integer> waitingAt(int port) {
        return (SerializableCallable<Integer>) () -> {
            Gate.passUnlessInterrupted(port);
            return 0;
        };
    }

    @Test
    void invokeAllReturnsFuturesThatAreDoneInTheOrderOfTheTasks() throws Exception {
        List<Future<Integer>> futures = pool.invokeAll(List.of(returning(1), throwing("no"), returning(3)));

        assertThat(futures).allMatch(Future::isDone);
        assertThat(futures.get(0).get()).isEqualTo(1);
        assertThatThrownBy(futures.get(1)::get).isInstanceOf(ExecutionException.class);
        assertThat(futures.get(2).get()).isEqualTo(3);
    }

    @Test
    void invokeAllCancelsWhatHasNotEndedInTime() throws Exception {
        try (Gate gate = new Gate()) {
            List<Future<Integer>> futures =
                    pool.invokeAll(List.of(returning(1), waitingAt(gate.port())), 2, TimeUnit.SECONDS);

            assertThat(futures).allMatch(Future::isDone);
            assertThat(futures.get(0).get()).isEqualTo(1);
            assertThat(futures.get(1).isCancelled()).isTrue();
        }
    }

    @Test
    void anInterruptedInvokeAllCancelsItsTasks() throws Exception {
        try (Gate gate = new Gate()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> pool.invokeAll(List.of(waitingAt(gate.port()))))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(pool.submit(returning(1)).get()).isEqualTo(1);
        }
    }

    @Test
    void invokeAnyReturnsTheFirstResultAndCancelsTheOthers() throws Exception {
        try (Gate gate = new Gate()) {
            assertThat(pool.invokeAny(List.of(waitingAt(gate.port()), throwing("no"), returning(7))))
                    .isEqualTo(7);
        }
    }

    @Test
    void invokeAnyThrowsIfAllFail() {
        assertThatThrownBy(() -> pool.invokeAny(List.of(throwing("one"), throwing("two"))))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void invokeAnyThrowsIfNoneReturnsInTime() throws Exception {
        try (Gate gate = new Gate()) {
            assertThatThrownBy(() -> pool.invokeAny(List.of(waitingAt(gate.port())), 1, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("none of 1 tasks has returned in time");
        }
    }

    @Test
    void invokeAnyOfNoTasksIsRefused() {
        assertThatThrownBy(() -> pool.invokeAny(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nullAmongTheTasksIsRefusedAndNoneRuns() {
        List<Callable<Integer>> tasks = Arrays.asList(returning(1), null);

        assertThatThrownBy(() -> pool.invokeAll(tasks)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pool.invokeAny(tasks)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aFutureMayBeWaitedForWithALimit() throws Exception {
        try (Gate gate = new Gate()) {
            Future<Integer> waiting = pool.submit(waitingAt(gate.port()));

            assertThatThrownBy(() -> waiting.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(waiting.isDone()).isFalse();
            gate.awaitArrivals(1);
            gate.open();
            assertThat(waiting.get(1, TimeUnit.MINUTES)).isZero();
        }
    }

    @Test
    void aCompletionServiceRefusesItsOwnWrappersClearly() {
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool);

        assertThatThrownBy(() -> service.submit(returning(1))).hasMessageContaining("must be serializable");
    }
}
