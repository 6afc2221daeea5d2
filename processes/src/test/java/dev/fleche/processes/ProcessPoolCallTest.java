package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.transport.CallTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How arguments and results of memoised calls travel. */
@Timeout(120)
class ProcessPoolCallTest {

    private static final Memo1<Segment, Middle> MIDDLE = Fleche.of(Segment::middle);
    private static final Memo1<double[], double[]> DOUBLED = Fleche.of(ProcessPoolCallTest::doubled);
    private static final Memo1<Integer, CompletableFuture<Middle>> LATER = Fleche.of(ProcessPoolCallTest::later);
    private static final int LARGE = 300_000;

    private static ProcessPool pool;

    @TempDir
    Path directory;

    /** Neither is serializable, as most records are not. */
    record Segment(List<Double> from, List<Double> to) {
        Middle middle() {
            return new Middle((from.get(0) + to.get(0)) / 2);
        }
    }

    record Middle(double x) {}

    static double[] doubled(double[] values) {
        return Arrays.stream(values).map(value -> 2 * value).toArray();
    }

    static CompletableFuture<Middle> later(int x) {
        CompletableFuture<Middle> later = new CompletableFuture<>();
        if (x < 0) {
            later.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS);
            return later.thenApply(nothing -> {
                throw new IllegalArgumentException("negative: " + x);
            });
        }
        return later.completeOnTimeout(new Middle(x), 1, TimeUnit.MILLISECONDS);
    }

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.of(1);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void recordsTravelThoughTheyAreNotSerializable() throws Exception {
        try (Cache cache = Cache.open(directory)) {
            Call<Middle> call = MIDDLE.in(cache).on(new Segment(List.of(1.0), List.of(4.0)));

            assertThat(pool.submit(call).get()).isEqualTo(new Middle(2.5));
            assertThat(call.load()).isEqualTo(new Middle(2.5));
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // a future in a future is what this is about
    void aFutureOfTheWorkerIsWaitedForThere() throws Exception {
        try (Cache cache = Cache.open(directory)) {
            Call<CompletableFuture<Middle>> call = LATER.in(cache).on(3);

            assertThat(pool.submit(call).get()).isCompletedWithValue(new Middle(3));
            assertThat(call.load()).isCompletedWithValue(new Middle(3));
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // a future in a future is what this is about
    void whatAFutureOfTheWorkerFailsWithReachesTheSubmitter() {
        try (Cache cache = Cache.open(directory)) {
            Call<CompletableFuture<Middle>> call = LATER.in(cache).on(-3);

            assertThatThrownBy(() -> pool.submit(call).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasRootCauseMessage("negative: -3");
        }
    }

    @Test
    void largeArgumentsAreStoredBeforeTheyAreSentAndSentAgainIfTheyGetLost() throws Exception {
        try (Cache cache = Cache.open(directory);
                Gate gate = new Gate()) {
            int port = gate.port();
            CompletableFuture<?> first = pool.submit(() -> Gate.pass(port));
            gate.awaitArrivals(1);

            CompletableFuture<double[]> result = pool.submit(DOUBLED.in(cache).on(large()));
            assertThat(storedValues()).isNotEmpty();
            for (Path value : storedValues()) {
                Files.delete(value);
            }
            gate.open();

            assertThat(result.get()).hasSize(LARGE).startsWith(0, 2, 4);
            first.get();
        }
    }

    @Test
    void aLargeResultIsReadFromTheCacheOrSentIfThatIsClosed() throws Exception {
        Cache cache = Cache.open(directory);
        Call<double[]> call = DOUBLED.in(cache).on(large());
        assertThat(pool.submit(call).get()).hasSize(LARGE).startsWith(0, 2, 4);
        assertThat(CallTransport.of(call).storedResult())
                .as("the call was made elsewhere")
                .isEmpty();

        cache.close();

        assertThat(pool.submit(call).get()).hasSize(LARGE).startsWith(0, 2, 4);
    }

    private static double[] large() {
        double[] values = new double[LARGE];
        for (int i = 0; i < LARGE; i++) {
            values[i] = i;
        }
        return values;
    }

    private List<Path> storedValues() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("values"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
