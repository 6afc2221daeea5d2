package dev.fleche.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark runs, shortly and in this process. */
class BenchmarksTest {

    private static Collection<RunResult> results;

    @BeforeAll
    static void runAll(@TempDir Path directory) throws RunnerException {
        // JMH's own lock would let this test and a measurement exclude each other.
        System.setProperty("jmh.ignoreLock", "true");
        Options options = new OptionsBuilder()
                .include("^dev\\.fleche\\.benchmarks\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .param("entries", "50")
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .output(directory.resolve("jmh.log").toString())
                .build();
        results = new Runner(options).run();
    }

    @Test
    void everyBenchmarkYieldsATime() {
        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore())
                        .as(result.getParams().getBenchmark())
                        .isFinite()
                        .isPositive());
    }

    @Test
    void everyBenchmarkTellsItsProcessorTime() {
        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(
                                result.getSecondaryResults().get(CpuTime.LABEL).getScore())
                        .as(result.getParams().getBenchmark())
                        .isFinite()
                        .isPositive());
    }

    @Test
    void theReportUsesEveryBenchmark() {
        Set<String> compared = Comparison.all().stream()
                .flatMap(Comparison::benchmarks)
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> existing = results.stream()
                .map(result -> result.getParams().getBenchmark())
                .toList();

        assertThat(existing).containsExactlyInAnyOrderElementsOf(compared);
    }
}
