package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ProcessPoolMapTest {

    private static ProcessPool pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.builder().workers(2).output(WorkerOutput.discard()).build();
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    private static int square(int i) {
        return i * i;
    }

    @Test
    void resultsComeInTheOrderOfTheElements() {
        List<Integer> elements = IntStream.range(0, 10_000).boxed().toList();
        List<Integer> squares =
                elements.stream().map(ProcessPoolMapTest::square).toList();

        assertThat(pool.map(ProcessPoolMapTest::square, elements)).isEqualTo(squares);
        assertThat(pool.map(ProcessPoolMapTest::square, elements, 7)).isEqualTo(squares);
        assertThat(pool.stream(ProcessPoolMapTest::square, elements).toList()).isEqualTo(squares);
    }

    @Test
    void elementsAndResultsMayBeNullAndOfSeveralClasses() {
        List<Object> elements = Arrays.asList(1, null, 2L, "three", 4.0);

        List<Object> results = pool.map(element -> element, elements, 2);

        assertThat(results).isEqualTo(elements);
    }

    @Test
    void numbersOfEachClassComeBackAsTheyAre() {
        assertThat(pool.map(value -> value + 1, List.of(1L, Long.MAX_VALUE), 2)).containsExactly(2L, Long.MIN_VALUE);
        assertThat(pool.map(value -> -value, List.of(0.0, Double.NaN), 2)).containsExactly(-0.0, Double.NaN);
    }

    @Test
    void noElementsNeedNoWorker() {
        assertThat(pool.map(ProcessPoolMapTest::square, List.of())).isEmpty();
        assertThat(pool.stream(ProcessPoolMapTest::square, List.<Integer>of())).isEmpty();
    }

    @Test
    void aFailureNamesItsElement() {
        List<Integer> elements = IntStream.range(0, 100).boxed().toList();

        assertThatThrownBy(() -> pool.map(ProcessPoolMapTest::failAt42, elements, 10))
                .isInstanceOf(ElementFailedException.class)
                .hasMessage("the function failed for element 42: java.lang.IllegalArgumentException: not this one")
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .extracting(thrown -> ((ElementFailedException) thrown).index())
                .isEqualTo(42L);
    }

    private static int failAt42(int i) {
        if (i == 42) {
            throw new IllegalArgumentException("not this one");
        }
        return i;
    }

    @Test
    void aStreamFailsAtTheElementThatFailed() {
        List<Integer> taken = new ArrayList<>();
        List<Integer> elements = IntStream.range(0, 100).boxed().toList();

        assertThatThrownBy(() ->
                        pool.stream(ProcessPoolMapTest::failAt42, elements).forEach(taken::add))
                .isInstanceOf(ElementFailedException.class)
                .hasMessageContaining("element 42");
        assertThat(taken).hasSizeLessThanOrEqualTo(42);
    }

    @Test
    void aCrashNamesTheChunkByItsFirstElement() {
        assertThatThrownBy(() -> pool.map(
                        ProcessPoolMapTest::haltAt5,
                        IntStream.range(0, 8).boxed().toList(),
                        4))
                .isInstanceOf(ElementFailedException.class)
                .hasMessageContaining("element 4")
                .hasCauseInstanceOf(WorkerCrashedException.class);
    }

    private static int haltAt5(int i) {
        if (i == 5) {
            Runtime.getRuntime().halt(1);
        }
        return i;
    }

    @Test
    void aFunctionThatCannotBeSerializedIsReported() {
        Object captured = new Object();

        assertThatThrownBy(() -> pool.map(element -> captured.hashCode() + element, List.of(1)))
                .isInstanceOf(ElementFailedException.class)
                .hasCauseInstanceOf(NotSerializableException.class);
    }

    @Test
    void aStreamTakesABoundedNumberOfElementsAhead() {
        AtomicInteger made = new AtomicInteger();
        Iterable<Integer> endless = () -> Stream.generate(made::incrementAndGet).iterator();

        try (Stream<Integer> squares = pool.stream(ProcessPoolMapTest::square, endless)) {
            assertThat(squares.limit(3).toList()).containsExactly(1, 4, 9);
        }

        assertThat(made.get()).isLessThan(2 * Pacing.MAX_DEPTH * 4096);
    }

    @Test
    void anInterruptedMapCancelsWhatRuns() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> pool.map(
                            element -> {
                                Gate.passUnlessInterrupted(port);
                                return element;
                            },
                            List.of(1, 2)))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    void slowElementsAreSpreadOverTheWorkers() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Thread opener = new Thread(() -> {
                try {
                    for (int i = 0; i < 3; i++) {
                        gate.awaitArrivals(2);
                        gate.open();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            opener.start();

            List<Long> pids = pool.map(
                    element -> {
                        Gate.pass(port);
                        return ProcessHandle.current().pid();
                    },
                    List.of(1, 2, 3, 4, 5, 6));

            opener.join();
            assertThat(pids.stream().distinct()).hasSize(2);
        }
    }

    @Test
    void aChunkSizeMustBePositive() {
        assertThatThrownBy(() -> pool.map(ProcessPoolMapTest::square, List.of(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the chunk size must be at least 1 but is 0");
    }
}
