package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures stores of several sizes, one after the other, each part of a measurement in a process of its own.
 *
 * <p>Not thread-safe.
 */
final class StoreComparison {

    /** Stores of more files are deleted at the end: ext4 is slow at making files for some minutes after that. */
    private static final int FEW_FILES = 1_000;

    private final List<Candidate> candidates;
    private final List<Integer> sizes;
    private final int millis;
    private final Path directory;
    private final PrintStream progress;
    private final Figures figures = new Figures();

    /**
     * Creates a comparison.
     *
     * @param sizes the numbers of entries
     * @param millis how long to measure each metric
     * @param directory where the stores are made
     */
    StoreComparison(List<Candidate> candidates, List<Integer> sizes, int millis, Path directory, PrintStream progress) {
        this.candidates = candidates;
        this.sizes = sizes;
        this.millis = millis;
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * Measures all.
     *
     * @throws IllegalStateException if a process fails; the message holds what it wrote
     */
    Figures run() throws IOException {
        int total = candidates.size() * sizes.size();
        int done = 0;
        for (int size : sizes) {
            for (Candidate candidate : candidates) {
                progress.printf(Locale.ROOT, "[%2d/%d] %,9d entries, %-18s ", ++done, total, size, candidate.title());
                progress.flush();
                long start = System.nanoTime();
                measure(candidate, size);
                progress.printf(Locale.ROOT, "%4d s%n", (System.nanoTime() - start) / 1_000_000_000);
            }
        }
        return figures;
    }

    private void measure(Candidate candidate, int size) throws IOException {
        Path store = directory.resolve(candidate.key() + "-" + size);
        figures.put(candidate, size, run(Workload.Part.FILL, candidate, size, store));
        figures.put(candidate, size, Map.of(Metric.DISK_BYTES, (double) DiskUsage.of(store)));
        figures.put(candidate, size, run(Workload.Part.STORE, candidate, size, store));
        if (candidate.isOurs()) {
            figures.put(candidate, size, run(Workload.Part.CALLS, candidate, size, store));
        }
        deleteFewFiles(store);
    }

    private Map<Metric, Double> run(Workload.Part part, Candidate candidate, int size, Path store) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Workload.class.getName()));
        command.addAll(List.of(
                part.name(),
                candidate.name(),
                Integer.toString(size),
                store.toAbsolutePath().toString(),
                Integer.toString(millis)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exitCode(process) != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + text);
        }
        Map<Metric, Double> measured = new EnumMap<>(Metric.class);
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            Arrays.stream(Metric.values())
                    .filter(metric -> words.length == 2 && metric.name().equals(words[0]))
                    .forEach(metric -> measured.put(metric, Double.parseDouble(words[1])));
        }
        return measured;
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException("interrupted while a store was measured", e);
        }
    }

    private static void deleteFewFiles(Path store) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(store)) {
            files = all.limit(FEW_FILES + 1).sorted(Comparator.reverseOrder()).toList();
        }
        if (files.size() <= FEW_FILES) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
