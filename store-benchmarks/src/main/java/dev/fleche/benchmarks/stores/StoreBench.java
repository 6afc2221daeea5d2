package dev.fleche.benchmarks.stores;

import dev.fleche.benchmarks.Machine;
import dev.fleche.benchmarks.WorkDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command that measures stores of a thousand to a million entries: Fleche's beside the bare engines and others.
 *
 * <p>A missed budget is part of the report and no failure of the command.
 */
public final class StoreBench {

    private static final String QUICK = "quick";
    private static final List<Integer> ALL_SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> QUICK_SIZES = List.of(1_000, 10_000);
    private static final int MILLIS = 1_000;
    private static final int QUICK_MILLIS = 300;

    /** Files take a block each, and MVStore, when it is filled in small commits, many times what it holds. */
    private static final long DISK_BYTES_PER_ENTRY = 25_000;

    private static final String USAGE = """
            Usage: ./fleche bench stores [quick] [SIZE...] [NAME...]

              quick   1 000 and 10 000 entries, and shorter
              SIZE    numbers of entries, in place of 1 000, 10 000, 100 000 and 1 000 000
              NAME    only the stores whose name contains one of the names; a store of Fleche's brings the
                      bare one that it is compared with

            Stores:\s""";

    private StoreBench() {}

    /** Measures what the arguments choose, prints progress to the error stream and the report to the output. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments, System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(String[] arguments, PrintStream out, PrintStream progress) throws IOException {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        String keys = Arrays.stream(Candidate.values()).map(Candidate::key).collect(Collectors.joining(", "));
        if (names.contains("help") || names.contains("--help") || names.contains("-h")) {
            out.println(USAGE + keys);
            return 0;
        }
        boolean quick = names.removeIf(QUICK::equals);
        List<Integer> sizes = sizes(names, quick);
        List<Candidate> candidates = choose(names);
        if (candidates.isEmpty()) {
            progress.printf("fleche: no store's name contains %s; stores: %s%n", String.join(" or ", names), keys);
            return 2;
        }
        out.println(Machine.describe());
        String load = Machine.load();
        try (WorkDirectory directory = WorkDirectory.create()) {
            long needed = sizes.get(sizes.size() - 1) * DISK_BYTES_PER_ENTRY;
            long usable = Files.getFileStore(directory.path()).getUsableSpace();
            if (usable < needed) {
                progress.printf(
                        "fleche: expected %,d MiB of free space in %s, found %,d; choose fewer entries, or another "
                                + "directory by JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=...%n",
                        needed >> 20, directory.path(), usable >> 20);
                return 2;
            }
            Figures figures = new StoreComparison(
                            candidates, sizes, quick ? QUICK_MILLIS : MILLIS, directory.path(), progress)
                    .run();
            out.println("load    " + load + " before, " + Machine.load() + " after");
            out.println();
            out.print(new StoreReport(candidates, sizes, figures).toTables());
            progress.println("deleting the stores ...");
        }
        return 0;
    }

    private static List<Integer> sizes(List<String> names, boolean quick) {
        List<Integer> sizes = names.stream()
                .filter(StoreBench::isNumber)
                .map(Integer::valueOf)
                .sorted()
                .distinct()
                .toList();
        names.removeIf(StoreBench::isNumber);
        return !sizes.isEmpty() ? sizes : quick ? QUICK_SIZES : ALL_SIZES;
    }

    private static boolean isNumber(String name) {
        return name.matches("[1-9]\\d{1,8}");
    }

    private static List<Candidate> choose(List<String> names) {
        Set<Candidate> chosen = EnumSet.noneOf(Candidate.class);
        for (Candidate candidate : Candidate.values()) {
            if (names.isEmpty() || names.stream().anyMatch(candidate::isNamed)) {
                chosen.add(candidate);
                candidate.engine().ifPresent(chosen::add);
            }
        }
        return List.copyOf(chosen);
    }
}
