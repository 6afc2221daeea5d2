package dev.fleche.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * One line of the report: a benchmark, what it is compared with, and its budget.
 *
 * @param title what is measured
 * @param baselineTitle what it is compared with
 * @param benchmark the full name of the benchmark's method
 * @param baselines the full names of the baseline's methods, whose times are added up
 * @param budget the budget
 */
record Comparison(String title, String baselineTitle, String benchmark, List<String> baselines, Budget budget) {

    private static final Budget NONE = new Budget.Unlimited();

    /** Returns the names of all benchmarks that this comparison needs. */
    Stream<String> benchmarks() {
        return Stream.concat(Stream.of(benchmark), baselines.stream());
    }

    /** Returns the class of the benchmark, without its package. */
    String group() {
        String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Returns all comparisons, in the order of the report. */
    static List<Comparison> all() {
        return Stream.of(
                        decoration(),
                        memoryHits(),
                        wrappedPools(),
                        largeDigests(),
                        smallDigests(),
                        files(),
                        largeFiles())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Comparison> decoration() {
        Side side = new Side(DecorationBenchmark.class);
        Budget budget = new Budget.AtMostNanosMore(5);
        return List.of(
                side.compare("off, memo on the void cache", "plain call", "offByMemo", budget, "plain"),
                side.compare("off, scope with the void cache", "plain call", "offByScope", budget, "plain"),
                side.compare(
                        "off, scope, other memos in use",
                        "call by interface, others in use",
                        "offByScopeAmongMany",
                        budget,
                        "interfaceAmongMany"));
    }

    private static List<Comparison> memoryHits() {
        Side side = new Side(MemoryHitBenchmark.class);
        String floor = "SHA-256 of 64 bytes + map get";
        return List.of(
                side.compare("memory hit, f(int, int)", floor, "hit", new Budget.AtMostTimes(3), "sha256", "map"),
                side.compare("memory hit, f(record)", floor, "hitOfRecord", NONE, "sha256", "map"),
                side.compare("memory hit, double[10] result", floor, "hitWithArray", NONE, "sha256", "map"),
                side.compare("memory hit, f(int, int)", "Caffeine get, record key", "hit", NONE, "caffeine"),
                side.compare("memory hit, f(int, int)", "Spring @Cacheable, Caffeine", "hit", NONE, "spring"));
    }

    private static List<Comparison> wrappedPools() {
        Side side = new Side(WrappedPoolBenchmark.class);
        Budget budget = new Budget.AtMostTimes(1);
        return List.of(
                side.compare("hit through a wrapped pool", "empty task in that pool", "hit", budget, "emptyTask"),
                side.compare("hit of a started call", "empty task in that pool", "startedHit", budget, "emptyTask"),
                side.compare("hit through a wrapped pool", "the same hit by the memo", "hit", NONE, "direct"));
    }

    private static List<Comparison> largeDigests() {
        Side side = new Side(DigestBenchmark.class);
        Budget whole = new Budget.AtLeastPercent(95);
        Budget floating = new Budget.AtLeastPercent(85);
        return List.of(
                side.compare("digest of int[1000000]", "SHA-256 of 4 MB", "ints", whole, "sha256Of4Bytes"),
                side.compare("digest of long[1000000]", "SHA-256 of 8 MB", "longs", whole, "sha256Of8Bytes"),
                side.compare("digest of float[1000000]", "SHA-256 of 4 MB", "floats", floating, "sha256Of4Bytes"),
                side.compare("digest of double[1000000]", "SHA-256 of 8 MB", "doubles", floating, "sha256Of8Bytes"));
    }

    private static List<Comparison> smallDigests() {
        Side side = new Side(DigestBenchmark.class);
        return List.of(
                side.compare("digest of an Integer", "SHA-256 of 64 bytes", "smallInt", NONE, "sha256Of64"),
                side.compare("digest of a String(23)", "SHA-256 of 64 bytes", "smallString", NONE, "sha256Of64"),
                side.compare("digest of a record of 3", "SHA-256 of 64 bytes", "smallRecord", NONE, "sha256Of64"),
                side.compare("digest of a List of 100", "SHA-256 of 500 bytes", "smallList", NONE, "sha256Of500"));
    }

    private static List<Comparison> files() {
        Side side = new Side(FileBenchmark.class);
        Budget budget = new Budget.AtMostTimes(2);
        return List.of(
                side.compare("file hit, small value", "Files.readAllBytes of the record", "hit", budget, "readFile"),
                side.compare("file hit by a wrapped process pool", "file hit", "hitThroughProcesses", NONE, "hit"),
                side.compare("file miss, small value", "write and rename as many", "miss", budget, "writeAndRename"));
    }

    private static List<Comparison> largeFiles() {
        Side side = new Side(LargeFileBenchmark.class);
        return List.of(
                side.compare("file hit, 1 MiB", "2 x SHA-256 of 1 MiB + read", "hit", NONE, "digestAndReadFile"),
                side.compare("file miss, 1 MiB", "2 x (SHA-256, write, rename)", "miss", NONE, "digestAndWriteFiles"));
    }

    /** The benchmarks of a class. */
    private record Side(Class<?> type) {

        Comparison compare(String title, String baselineTitle, String method, Budget budget, String... baselines) {
            return new Comparison(
                    title,
                    baselineTitle,
                    name(method),
                    Stream.of(baselines).map(this::name).toList(),
                    budget);
        }

        private String name(String method) {
            return type.getName() + "." + method;
        }
    }
}
