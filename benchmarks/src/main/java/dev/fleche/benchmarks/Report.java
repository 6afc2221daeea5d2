package dev.fleche.benchmarks;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report of a run: a line for each comparison. */
final class Report {

    private final List<Comparison> comparisons;
    private final Map<String, Times> times;

    Report(List<Comparison> comparisons, Map<String, Times> times) {
        this.comparisons = comparisons;
        this.times = times;
    }

    /** Returns the report as a table of text. */
    String toTable() {
        StringBuilder table = new StringBuilder();
        String heads =
                line("benchmark", "median", "compared with", "median", "ratio", "by round", "cpu ratio", "budget", "");
        table.append(heads).append("-".repeat(heads.length())).append(System.lineSeparator());
        int missed = 0;
        int limited = 0;
        for (Comparison comparison : comparisons) {
            Outcome outcome = outcome(comparison);
            table.append(row(comparison, outcome));
            limited += comparison.budget().limit().isEmpty() ? 0 : 1;
            missed += outcome.isMet() ? 0 : 1;
        }
        return table.append(System.lineSeparator())
                .append(String.format(
                        Locale.ROOT, "%d of %d budgets met, %d missed%n", limited - missed, limited, missed))
                .toString();
    }

    /**
     * How a benchmark and its baseline compare.
     *
     * @param ratio by the medians of all iterations
     * @param low the lowest of a round
     * @param high the highest of a round
     * @param cpuRatio by processor time
     */
    private record Outcome(
            double measured, double baseline, double ratio, double low, double high, double cpuRatio, boolean isMet) {}

    private Outcome outcome(Comparison comparison) {
        Times measured = times.get(comparison.benchmark());
        List<Times> baselines = comparison.baselines().stream().map(times::get).toList();
        Budget budget = comparison.budget();
        double baseline = sum(baselines, side -> side.clock().median());
        double ratio = budget.compare(measured.clock().median(), baseline);
        DoubleSummaryStatistics rounds = IntStream.range(0, measured.clock().rounds())
                .mapToDouble(round -> budget.compare(
                        measured.clock().median(round),
                        sum(baselines, side -> side.clock().median(round))))
                .summaryStatistics();
        double cpuRatio = budget.compare(
                measured.cpu().median(), sum(baselines, side -> side.cpu().median()));
        return new Outcome(
                measured.clock().median(),
                baseline,
                ratio,
                rounds.getMin(),
                rounds.getMax(),
                cpuRatio,
                budget.isMet(ratio));
    }

    private static double sum(List<Times> baselines, ToDoubleFunction<Times> median) {
        return baselines.stream().mapToDouble(median).sum();
    }

    private static String row(Comparison comparison, Outcome outcome) {
        Budget budget = comparison.budget();
        boolean limited = !budget.limit().isEmpty();
        return line(
                comparison.title(),
                duration(outcome.measured),
                comparison.baselineTitle(),
                duration(outcome.baseline),
                budget.format(outcome.ratio),
                budget.format(outcome.low) + " .. " + budget.format(outcome.high),
                budget.format(outcome.cpuRatio),
                budget.limit(),
                limited ? verdict(budget, outcome) : "");
    }

    /** What only the clock misses is likely to have been disturbed by other programs, or to wait for the disk. */
    private static String verdict(Budget budget, Outcome outcome) {
        if (outcome.isMet) {
            return "met";
        }
        return budget.isMet(outcome.cpuRatio) ? "MISSED (by cpu met)" : "MISSED";
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-32s %11s  %-33s %11s  %10s  %-21s  %10s  %-9s %s%n", cells);
    }

    /** Returns a time with three or four figures and a unit. */
    static String duration(double nanos) {
        if (nanos < 10_000) {
            return String.format(Locale.ROOT, nanos < 100 ? "%.2f ns" : "%.0f ns", nanos);
        }
        return nanos < 1_000_000
                ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
                : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
