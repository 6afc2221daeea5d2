package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memoised functions in a pool. */
@Timeout(120)
class ProcessPoolMemoTest {

    private static final Memo1<Integer, Long> PROCESS = Fleche.of(ProcessPoolMemoTest::process);
    private static final Memo1<double[], Integer> LENGTH = Fleche.of(ProcessPoolMemoTest::length);

    private static ProcessPool pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.of(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    static long process(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("negative: " + number);
        }
        return ProcessHandle.current().pid();
    }

    static int length(double[] values) {
        return values.length;
    }

    @Test
    void aCallIsStoredByTheWorkerWhereThisProcessFindsIt(@TempDir Path directory) throws Exception {
        try (Cache cache = Cache.files(directory);
                Scope scope = Fleche.use(cache)) {
            long pid = pool.submit(PROCESS.on(1)).get();

            assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(PROCESS.load(1)).isEqualTo(pid);
        }
    }

    @Test
    void largeArgumentsTravelAsTheirAddress(@TempDir Path directory) throws Exception {
        try (Cache cache = Cache.files(directory);
                Scope scope = Fleche.use(cache)) {
            double[] values = new double[1 << 17];

            int length = pool.submit(LENGTH.on(values)).get();

            assertThat(length).isEqualTo(values.length);
            assertThat(LENGTH.contains(values)).isTrue();
        }
    }

    @Test
    void aMapOfAMemoAnswersHitsHere(@TempDir Path directory) {
        try (Cache cache = Cache.files(directory);
                Scope scope = Fleche.use(cache)) {
            List<Integer> elements = IntStream.range(0, 20).boxed().toList();
            List<Long> cold = pool.map(PROCESS, elements);
            long completed = pool.stats().completed();

            List<Long> warm = pool.map(PROCESS, elements);

            assertThat(warm)
                    .isEqualTo(cold)
                    .doesNotContain(ProcessHandle.current().pid());
            assertThat(pool.stats().completed()).isEqualTo(completed);
        }
    }

    @Test
    void aMapOfAMemoStoresInAMemoryCacheToo() {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            List<Long> cold = pool.map(PROCESS, List.of(1, 2));

            assertThat(cold).doesNotContain(ProcessHandle.current().pid());
            assertThat(PROCESS.load(1)).isEqualTo(cold.get(0));
        }
    }

    @Test
    void aMapOfAMemoNamesTheElementThatFails(@TempDir Path directory) {
        try (Cache cache = Cache.files(directory);
                Scope scope = Fleche.use(cache)) {
            assertThatThrownBy(() -> pool.map(PROCESS, Arrays.asList(1, 2, -3, 4)))
                    .isInstanceOf(ElementFailedException.class)
                    .hasMessageContaining("element 2")
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            // the elements that were cancelled may write to the directory until they end
            Until.holds("all elements have ended", () -> pool.stats().inFlight() == 0);
        }
    }
}
