package dev.fleche.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Compares {@code ProcessPool} with Python's {@code concurrent.futures.ProcessPoolExecutor}, in turn and in one run.
 *
 * <p>Each side is a program of its own, started anew in every round: {@link PoolWorkload} and, step by step the same,
 * {@code process_pool.py}, with each of Python's three ways to start a worker. Python must be 3.8 or newer; only its
 * standard library is used. Not thread-safe.
 */
final class PoolComparison {

    private static final String OURS = "fleche";
    private static final List<String> METHODS = List.of("fork", "spawn", "forkserver");

    private final int rounds;
    private final Path directory;
    private final PrintStream progress;
    private final Map<String, Map<PoolMetric, List<Double>>> figures = new LinkedHashMap<>();

    /**
     * Creates a comparison.
     *
     * @param directory where the Python program is put
     */
    PoolComparison(int rounds, Path directory, PrintStream progress) {
        this.rounds = rounds;
        this.directory = directory;
        this.progress = progress;
    }

    /** Returns whether a name on the command line chooses this comparison. */
    static boolean isNamed(String name) {
        return "process pool".contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Runs all rounds.
     *
     * @return the report as a table of text
     * @throws IllegalStateException if a side fails; the message holds what it wrote
     */
    String run() throws IOException {
        if (!isPythonThere()) {
            return "process pools: not compared, since there is no python3 to run" + System.lineSeparator();
        }
        Path script = directory.resolve("process_pool.py");
        try (InputStream source = Objects.requireNonNull(PoolComparison.class.getResourceAsStream("process_pool.py"))) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        // a first run of ours, not counted, leaves the class archive that later ones start from
        String classPath = ClassPathJars.make(directory);
        measure("archive", javaCommand(classPath));
        figures.remove("archive");
        for (int round = 1; round <= rounds; round++) {
            measure(OURS, javaCommand(classPath));
            for (String method : METHODS) {
                measure(method, List.of("python3", script.toString(), method));
            }
            progress.printf("process pools: round %d of %d done%n", round, rounds);
        }
        return table();
    }

    private static boolean isPythonThere() {
        try {
            return new ProcessBuilder("python3", "-c", "import concurrent.futures, multiprocessing")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while Python started", e);
        }
    }

    private static List<String> javaCommand(String classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-cp", classPath, PoolWorkload.class.getName());
    }

    private void measure(String side, List<String> command) throws IOException {
        Map<PoolMetric, List<Double>> collected =
                figures.computeIfAbsent(side, name -> new EnumMap<>(PoolMetric.class));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(side + " cannot be read", e);
        }
        for (PoolMetric metric : PoolMetric.values()) {
            double figure = lines.stream()
                    .filter(line -> line.startsWith(metric.key() + " "))
                    .mapToDouble(line ->
                            Double.parseDouble(line.substring(metric.key().length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            side + " printed no " + metric.key() + ":\n" + String.join("\n", lines)));
            collected.computeIfAbsent(metric, any -> new ArrayList<>()).add(figure);
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        table.append(line("process pool", OURS, "fork", "spawn", "forkserver", "to the best", "by round", "goal", ""));
        table.append("-".repeat(table.length())).append(System.lineSeparator());
        for (PoolMetric metric : PoolMetric.values()) {
            table.append(row(metric));
        }
        return table.toString();
    }

    private String row(PoolMetric metric) {
        double ours = median(OURS, metric);
        double best = METHODS.stream()
                .mapToDouble(method -> median(method, metric))
                .reduce(metric::best)
                .orElseThrow();
        boolean limited = !metric.goal().isEmpty();
        return line(
                metric.title(),
                number(ours),
                number(median("fork", metric)),
                number(median("spawn", metric)),
                number(median("forkserver", metric)),
                best == 0 ? "" : String.format(Locale.ROOT, "%.2f x", ours / best),
                byRound(metric),
                metric.goal(),
                limited ? (metric.isMet(ours, best) ? "met" : "MISSED") : "");
    }

    private String byRound(PoolMetric metric) {
        double[] ours = sorted(OURS, metric);
        return number(ours[0]) + " .. " + number(ours[ours.length - 1]);
    }

    private double median(String side, PoolMetric metric) {
        double[] sorted = sorted(side, metric);
        return sorted[sorted.length / 2];
    }

    private double[] sorted(String side, PoolMetric metric) {
        return figures.get(side).get(metric).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 1000 ? "%.1f" : "%,.0f", figure);
    }

    private static String line(String... cells) {
        return String.format(
                Locale.ROOT,
                "%-48s %9s %9s %9s %10s  %11s  %-22s %-9s %s%n",
                Arrays.copyOf(cells, cells.length, Object[].class));
    }
}
