package dev.fleche.benchmarks;

import dev.fleche.code.FunctionCodes;
import dev.fleche.code.ReachedCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the first digest of a function's code in a process with ASM's reading of the same class files alone.
 *
 * <p>The second and later ones are of the same function by another class loader, which finds nothing known. The second
 * tells what of the first is the start of a JVM's classes. Two parts of the first are measured alone: the loading of
 * our classes and ASM's, and the class loader's answers where the class files are.
 *
 * <p>Every figure is of a process of its own, started anew in every round. Not thread-safe.
 */
final class CodeComparison {

    private static final List<String> ROOTS = List.of(
            "org.hipparchus.util.FastMath.cbrt",
            "org.hipparchus.special.Gamma.regularizedGammaP",
            "org.hipparchus.linear.MatrixUtils.inverse");

    private static final double READING_BUDGET = 1.5;
    /** For up to 200 classes. */
    private static final double CACHE_BUDGET_MILLIS = 10;

    private final int rounds;
    private final Path directory;
    private final PrintStream progress;

    CodeComparison(int rounds, Path directory, PrintStream progress) {
        this.rounds = rounds;
        this.directory = directory;
        this.progress = progress;
    }

    /** Returns whether a name on the command line chooses this comparison. */
    static boolean isNamed(String name) {
        return "code digest".contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Runs all rounds.
     *
     * @return the report as a table of text
     * @throws IllegalStateException if a process fails; the message holds what it wrote
     */
    String run() throws IOException {
        StringBuilder table = new StringBuilder(line(
                "code digest, first in the process",
                "classes",
                "methods",
                "ms",
                "ASM",
                "ratio",
                "budget",
                "",
                "from cache",
                "budget",
                "",
                "locate",
                "load",
                "second",
                "ASM",
                "warm",
                "ASM"));
        table.append("-".repeat(table.length())).append(System.lineSeparator());
        for (String root : ROOTS) {
            table.append(row(root));
        }
        return table.toString();
    }

    private String row(String root) throws IOException {
        Map<String, List<Double>> figures = new HashMap<>();
        Path names = directory.resolve("names.txt");
        Path loaded = loaded(root, names);
        for (int round = 0; round < rounds; round++) {
            Path cache = Files.createTempDirectory(directory, "code");
            collect(figures, "cold ", measure(Path.of("/dev/null/none"), "ours", root, names.toString()));
            collect(figures, "asm ", measure(Path.of("/dev/null/none"), "asm", root, names.toString()));
            collect(figures, "load ", measure(cache, "load", root, loaded.toString()));
            collect(figures, "locate ", measure(cache, "locate", root, names.toString()));
            measure(cache, "ours", root, names.toString(), cache.toString());
            collect(figures, "cached ", measure(cache, "ours", root, names.toString()));
            progress.printf("code digests: %s, round %d of %d done%n", root, round + 1, rounds);
        }
        double cold = median(figures, "cold firstMillis");
        double asm = median(figures, "asm firstMillis");
        double cached = median(figures, "cached firstMillis");
        return line(
                root.replaceAll(".*\\.(\\w+\\.\\w+)", "$1"),
                whole(median(figures, "cold classes")),
                whole(median(figures, "cold methods")),
                number(cold),
                number(asm),
                String.format(Locale.ROOT, "%.2f x", cold / asm),
                "<= 1.5 x",
                cold / asm <= READING_BUDGET ? "met" : "MISSED",
                number(cached),
                "<= " + number(CACHE_BUDGET_MILLIS),
                cached <= CACHE_BUDGET_MILLIS ? "met" : "MISSED",
                number(median(figures, "locate firstMillis")),
                number(median(figures, "load firstMillis")),
                number(median(figures, "cold secondMillis")),
                number(median(figures, "asm secondMillis")),
                number(median(figures, "cold laterMillis")),
                number(median(figures, "asm laterMillis")));
    }

    /**
     * Returns a file with the names of the classes of ours and of ASM's that a first analysis loads, in their order.
     */
    private Path loaded(String root, Path names) throws IOException {
        Path log = directory.resolve("load.log");
        measure(
                List.of("-Xlog:class+load:file=" + log + ":none"),
                Path.of("/dev/null/none"),
                "ours",
                root,
                names.toString());
        List<String> classes = new ArrayList<>();
        boolean started = false;
        for (String line : Files.readAllLines(log)) {
            String name = line.substring(0, line.indexOf(' '));
            started |= name.equals(FunctionCodes.class.getName());
            boolean hidden = name.contains("/");
            if (started && !hidden && (name.startsWith("dev.fleche.") || name.startsWith("org.objectweb.asm."))) {
                classes.add(name);
            }
            if (name.equals(ReachedCode.class.getName())) {
                break;
            }
        }
        return Files.write(directory.resolve("loaded.txt"), classes);
    }

    private static Map<String, Double> measure(Path cache, String... arguments) throws IOException {
        return measure(List.of(), cache, arguments);
    }

    private static Map<String, Double> measure(List<String> options, Path cache, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CodeWorkload.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        String text = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Double> figures = new HashMap<>();
        for (String each : text.split("\n", -1)) {
            String[] words = each.split(" ", -1);
            if (words.length == 2 && words[1].matches("[\\d.E-]+")) {
                figures.put(words[0], Double.parseDouble(words[1]));
            }
        }
        if (!figures.containsKey("laterMillis")) {
            throw new IllegalStateException(String.join(" ", command) + " printed no figures:\n" + text);
        }
        return figures;
    }

    private static void collect(Map<String, List<Double>> all, String side, Map<String, Double> figures) {
        figures.forEach((name, figure) ->
                all.computeIfAbsent(side + name, any -> new ArrayList<>()).add(figure));
    }

    private static double median(Map<String, List<Double>> figures, String name) {
        List<Double> sorted = figures.get(name).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String whole(double figure) {
        return String.format(Locale.ROOT, "%.0f", figure);
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }

    private static String line(String... cells) {
        return String.format(
                Locale.ROOT,
                "%-34s %7s %7s %7s %7s %8s %9s %-7s %11s %9s %-7s %7s %7s %7s %7s %7s %7s%n",
                Arrays.copyOf(cells, cells.length, Object[].class));
    }
}
