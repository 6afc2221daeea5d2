package dev.fleche.benchmarks.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.Durability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every part of the comparison of stores runs, shortly, with few entries and in this process. */
class StoreBenchTest {

    private static final int SIZE = 60;
    private static final int MILLIS = 5;

    private static Path directory;

    @BeforeAll
    static void keepDirectory(@TempDir Path given) {
        directory = given;
    }

    @ParameterizedTest
    @EnumSource
    void everyMetricOfAStoreIsMeasured(Candidate candidate) throws Exception {
        Path store = directory.resolve(candidate.key());
        List<Map<Metric, Double>> figures = new ArrayList<>();

        for (Workload.Part part : Workload.Part.values()) {
            if (part != Workload.Part.CALLS || candidate.isOurs()) {
                figures.add(new Workload(candidate, SIZE, store, MILLIS).run(part));
            }
        }

        assertThat(figures.stream().flatMap(each -> each.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(expected(candidate));
        assertThat(figures.stream().flatMap(each -> each.values().stream()))
                .allSatisfy(figure -> assertThat(figure).isFinite().isNotNegative());
        assertThat(DiskUsage.of(store)).isGreaterThanOrEqualTo(SIZE * Entries.VALUE_BYTES);
    }

    private static Set<Metric> expected(Candidate candidate) {
        Set<Metric> expected = EnumSet.allOf(Metric.class);
        expected.remove(Metric.DISK_BYTES);
        if (!candidate.isOurs()) {
            expected.removeAll(Set.of(Metric.HIT_NANOS, Metric.HIT_CPU_NANOS, Metric.CALL_MICROS, Metric.QUERY_MILLIS));
        }
        if (!candidate.canKeepPuts(Durability.FAST)) {
            expected.remove(Metric.PUT_MICROS);
        }
        if (!candidate.canKeepPuts(Durability.DURABLE)) {
            expected.remove(Metric.DURABLE_MICROS);
        }
        return expected;
    }

    @Test
    void aStoreOfOursIsReportedBesideTheBareOne() throws IOException {
        Ran ran = run("quick", "60", "120", "files");

        assertThat(ran.code).isZero();
        assertThat(ran.out)
                .contains("60 entries ", "120 entries ", "one file per entry", "Fleche, files", "memoised calls")
                .containsPattern("(?m)^Fleche, files +[\\d.,]+ [nu]s +[\\d.]+ x ")
                .containsPattern("(?m)^get by number of entries +60 +120 +growth")
                .doesNotContain("RocksDB");
        assertThat(ran.progress).contains("[ 4/4]");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() throws IOException {
        Ran ran = run("no-such-store");

        assertThat(ran.code).isEqualTo(2);
        assertThat(ran.progress)
                .contains("no store's name contains no-such-store")
                .contains(Stream.of(Candidate.values()).map(Candidate::key).toArray(String[]::new));
        assertThat(ran.out).isEmpty();
    }

    private record Ran(int code, String out, String progress) {}

    private static Ran run(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        int code = StoreBench.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(progress, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), progress.toString(StandardCharsets.UTF_8));
    }
}
