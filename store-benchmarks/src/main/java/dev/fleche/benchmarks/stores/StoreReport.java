package dev.fleche.benchmarks.stores;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The report of a comparison of stores: a table for each size, then the budgets, then the growth with size. */
final class StoreReport {

    private static final double HIT_BUDGET = 2;
    private static final double QUERY_BUDGET_MILLIS = 10;

    /** A look-up that reads a tree of pages is slower in a larger store even without us; so twice as long is flat. */
    private static final double FLAT_BUDGET = 2;

    private final List<Candidate> candidates;
    private final List<Integer> sizes;
    private final Figures figures;

    StoreReport(List<Candidate> candidates, List<Integer> sizes, Figures figures) {
        this.candidates = candidates;
        this.sizes = sizes;
        this.figures = figures;
    }

    /** Returns the report as tables of text. */
    String toTables() {
        StringBuilder tables = new StringBuilder();
        for (int size : sizes) {
            head(
                    tables,
                    bySize(
                            number(size) + " entries",
                            "get",
                            "to raw",
                            "miss",
                            "put",
                            "durable",
                            "fill",
                            "MiB",
                            "open",
                            "again",
                            ""));
            candidates.forEach(candidate -> tables.append(rowBySize(candidate, size)));
            tables.append(System.lineSeparator());
        }
        List<Candidate> ours = candidates.stream().filter(Candidate::isOurs).toList();
        if (!ours.isEmpty()) {
            head(
                    tables,
                    ofCalls(
                            "memoised calls",
                            "entries",
                            "hit",
                            "to raw",
                            "by cpu",
                            "budget",
                            "",
                            "miss",
                            "query",
                            "budget",
                            ""));
            ours.forEach(candidate -> sizes.forEach(size -> tables.append(rowOfCalls(candidate, size))));
            tables.append(System.lineSeparator());
        }
        if (sizes.size() > 1) {
            head(
                    tables,
                    growth(
                            "get by number of entries",
                            sizes.stream().map(StoreReport::number).toList(),
                            "growth",
                            "budget",
                            ""));
            candidates.forEach(candidate -> tables.append(rowOfGrowth(candidate)));
        }
        return tables.toString();
    }

    private static void head(StringBuilder tables, String line) {
        tables.append(line).append("-".repeat(line.length() - 1)).append(System.lineSeparator());
    }

    private String rowBySize(Candidate candidate, int size) {
        return bySize(
                candidate.title(),
                nanos(find(candidate, size, Metric.GET_NANOS)),
                times(toRaw(candidate, size, Metric.GET_NANOS, Metric.GET_NANOS)),
                nanos(find(candidate, size, Metric.MISS_NANOS)),
                micros(find(candidate, size, Metric.PUT_MICROS)),
                micros(find(candidate, size, Metric.DURABLE_MICROS)),
                micros(find(candidate, size, Metric.FILL_MICROS)),
                text("%.1f", find(candidate, size, Metric.DISK_BYTES), 1.0 / (1 << 20)),
                millis(find(candidate, size, Metric.OPEN_MILLIS)),
                millis(find(candidate, size, Metric.REOPEN_MILLIS)),
                candidate.remark());
    }

    private String rowOfCalls(Candidate candidate, int size) {
        OptionalDouble ratio = toRaw(candidate, size, Metric.HIT_NANOS, Metric.GET_NANOS);
        OptionalDouble query = find(candidate, size, Metric.QUERY_MILLIS);
        boolean isQueryLimited = candidate.selectsRecords();
        return ofCalls(
                candidate.title(),
                number(size),
                nanos(find(candidate, size, Metric.HIT_NANOS)),
                times(ratio),
                times(toRaw(candidate, size, Metric.HIT_CPU_NANOS, Metric.GET_CPU_NANOS)),
                candidate.isHitLimited(size) ? "<= 2 x" : "",
                candidate.isHitLimited(size) ? verdict(ratio, HIT_BUDGET) : "",
                micros(find(candidate, size, Metric.CALL_MICROS)),
                millis(query),
                isQueryLimited ? "<= 10 ms" : "",
                isQueryLimited ? verdict(query, QUERY_BUDGET_MILLIS) : "");
    }

    private String rowOfGrowth(Candidate candidate) {
        OptionalDouble growth = Figures.ratio(
                find(candidate, sizes.get(sizes.size() - 1), Metric.GET_NANOS),
                find(candidate, sizes.get(0), Metric.GET_NANOS));
        return growth(
                candidate.title(),
                sizes.stream()
                        .map(size -> nanos(find(candidate, size, Metric.GET_NANOS)))
                        .toList(),
                times(growth),
                candidate.isOurs() ? "<= 2 x" : "",
                candidate.isOurs() ? verdict(growth, FLAT_BUDGET) : "");
    }

    private OptionalDouble find(Candidate candidate, int size, Metric metric) {
        return figures.find(candidate, size, metric);
    }

    /** Returns how many times a figure of ours is that of the bare store beneath. */
    private OptionalDouble toRaw(Candidate candidate, int size, Metric ours, Metric raw) {
        return candidate
                .engine()
                .map(engine -> Figures.ratio(find(candidate, size, ours), find(engine, size, raw)))
                .orElse(OptionalDouble.empty());
    }

    private static String verdict(OptionalDouble figure, double limit) {
        return figure.isEmpty() ? "" : figure.getAsDouble() <= limit ? "met" : "MISSED";
    }

    private static String nanos(OptionalDouble nanos) {
        return nanos.orElse(0) < 10_000 ? text("%,.0f ns", nanos, 1) : text("%,.1f us", nanos, 1e-3);
    }

    private static String micros(OptionalDouble micros) {
        return text(micros.orElse(0) < 100 ? "%.1f us" : "%,.0f us", micros, 1);
    }

    private static String millis(OptionalDouble millis) {
        return text(millis.orElse(0) < 100 ? "%.1f ms" : "%,.0f ms", millis, 1);
    }

    private static String times(OptionalDouble ratio) {
        return text("%.2f x", ratio, 1);
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String text(String format, OptionalDouble figure, double factor) {
        return figure.isEmpty() ? "-" : String.format(Locale.ROOT, format, figure.getAsDouble() * factor);
    }

    private static String bySize(String... cells) {
        return line("%-20s %10s %8s %10s %10s %10s %10s %9s %9s %9s  %s%n", cells);
    }

    private static String ofCalls(String... cells) {
        return line("%-20s %10s %10s %8s %8s %8s %-7s %10s %10s %9s %s%n", cells);
    }

    private static String growth(String name, List<String> figures, String... cells) {
        String columns = String.join(
                "",
                figures.stream()
                        .map(figure -> String.format(Locale.ROOT, "%11s", figure))
                        .toList());
        return String.format(Locale.ROOT, "%-24s", name) + columns + line("%10s %8s %s%n", cells);
    }

    private static String line(String format, String... cells) {
        String line = String.format(Locale.ROOT, format, Arrays.copyOf(cells, cells.length, Object[].class));
        return line.stripTrailing() + System.lineSeparator();
    }
}
