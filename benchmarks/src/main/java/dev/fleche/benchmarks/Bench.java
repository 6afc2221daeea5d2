package dev.fleche.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The command that measures Fleche and reports which budgets it keeps.
 *
 * <p>A missed budget is part of the report and no failure of the command.
 */
public final class Bench {

    private static final String QUICK = "quick";
    private static final String USAGE = """
            Usage: ./fleche bench [quick] [NAME...]
                   ./fleche bench stores help

              quick   shorter and less exact: about two minutes instead of seven
              NAME    only the comparisons whose line or class contains one of the names;
                      "pool" is the comparison of process pools with Python's,
                      "code" that of code digests with reading the class files
            """;

    private Bench() {}

    /**
     * Runs the benchmarks that the arguments choose, prints progress to the error stream and the report to the output.
     */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments, System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(String[] arguments, PrintStream out, PrintStream progress) throws IOException {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        if (names.contains("help") || names.contains("--help") || names.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        Effort effort = names.removeIf(QUICK::equals) ? Effort.QUICK : Effort.FULL;
        boolean pools = names.isEmpty() || names.stream().anyMatch(PoolComparison::isNamed);
        boolean code = names.isEmpty() || names.stream().anyMatch(CodeComparison::isNamed);
        List<Comparison> chosen = choose(names);
        if (chosen.isEmpty() && !pools && !code) {
            progress.printf("fleche: no comparison's line or class contains %s%n", String.join(" or ", names));
            Comparison.all().forEach(comparison -> progress.println("  " + line(comparison)));
            return 2;
        }
        out.println(Machine.describe());
        String load = Machine.load();
        List<String> tables = new ArrayList<>();
        try (WorkDirectory directory = WorkDirectory.create()) {
            if (!chosen.isEmpty()) {
                Map<String, Times> times = new Measurement(effort, directory.path(), progress).run(chosen);
                tables.add(new Report(chosen, times).toTable());
            }
            if (pools) {
                tables.add(new PoolComparison(effort.poolRounds(), directory.path(), progress).run());
            }
            if (code) {
                tables.add(new CodeComparison(effort.poolRounds(), directory.path(), progress).run());
            }
            progress.println("deleting the files of the benchmarks ...");
        }
        out.println("load    " + load + " before, " + Machine.load() + " after");
        for (String table : tables) {
            out.println();
            out.print(table);
        }
        return 0;
    }

    private static List<Comparison> choose(List<String> names) {
        return Comparison.all().stream()
                .filter(comparison -> names.isEmpty() || names.stream().anyMatch(name -> contains(comparison, name)))
                .toList();
    }

    private static boolean contains(Comparison comparison, String name) {
        return line(comparison).toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    private static String line(Comparison comparison) {
        return comparison.group() + ": " + comparison.title() + " : " + comparison.baselineTitle();
    }
}
