package dev.fleche.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of some comparisons in rounds and tells how far it is. Not thread-safe. */
final class Measurement {

    private static final Set<String> FILLING_THE_DISK =
            Set.of(FileBenchmark.class.getName() + ".miss", FileBenchmark.class.getName() + ".writeAndRename");

    private final Effort effort;
    private final Path directory;
    private final PrintStream progress;
    private final Map<String, Times> times = new LinkedHashMap<>();

    /**
     * Creates a measurement.
     *
     * @param directory where the benchmarks leave their files
     */
    Measurement(Effort effort, Path directory, PrintStream progress) {
        this.effort = effort;
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * Measures what the comparisons need, class by class.
     *
     * @return the times by the name of the benchmark
     * @throws IllegalStateException if a benchmark fails; the message names the file with JMH's output
     */
    Map<String, Times> run(List<Comparison> comparisons) throws IOException {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (Comparison comparison : comparisons) {
            Set<String> group = groups.computeIfAbsent(comparison.group(), name -> new LinkedHashSet<>());
            comparison.benchmarks().forEach(group::add);
        }
        int total =
                effort.rounds() * groups.values().stream().mapToInt(Set::size).sum();
        int done = 0;
        for (Set<String> group : groups.values()) {
            for (int round = 0; round < effort.rounds(); round++) {
                for (String benchmark : group) {
                    Times measured = times.computeIfAbsent(benchmark, name -> new Times());
                    measure(benchmark, measured);
                    done++;
                    progress.printf(
                            Locale.ROOT,
                            "[%3d/%d] %-44s %12s%n",
                            done,
                            total,
                            benchmark.replaceFirst(".*\\.(.*\\..*)", "$1"),
                            Report.duration(measured.clock().median(round)));
                }
            }
        }
        return times;
    }

    private void measure(String benchmark, Times times) throws IOException {
        Path log = Files.createTempFile("fleche-bench-", ".log");
        Effort used = FILLING_THE_DISK.contains(benchmark) ? effort.withShortWarmup() : effort;
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + Pattern.quote(benchmark) + "$")
                .mode(Mode.AverageTime)
                .forks(1)
                .jvmArgsAppend("-D" + WorkDirectory.PARENT + "=" + directory)
                .warmupIterations(used.warmups())
                .warmupTime(TimeValue.milliseconds(used.warmupMillis()))
                .measurementIterations(used.iterations())
                .measurementTime(TimeValue.milliseconds(used.iterationMillis()))
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .output(log.toString());
        RunResult result;
        try {
            result = new Runner(options.build()).runSingle();
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark + " failed; what JMH printed is in " + log, e);
        }
        Files.delete(log);
        times.clock().addRound(scores(result, IterationResult::getPrimaryResult));
        times.cpu()
                .addRound(scores(
                        result, iteration -> iteration.getSecondaryResults().get(CpuTime.LABEL)));
    }

    private static double[] scores(RunResult result, Function<IterationResult, Result<?>> kind) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> kind.apply(iteration).getScore())
                .toArray();
    }
}
