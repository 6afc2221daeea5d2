package dev.fleche.examples;

import java.io.IOException;
import java.util.List;

/**
 * A walk through what Fleche does, in a minute; {@code ./fleche tour}.
 *
 * <p>Everything that it writes was measured, computed or found while it ran.
 */
public final class Tour {

    private Tour() {}

    /** Runs the tour; exits with 2 if the arguments are wrong. */
    public static void main(String[] args) throws Exception {
        TourOptions options;
        try {
            options = TourOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("fleche tour: " + e.getMessage());
            System.err.print(TourOptions.USAGE);
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.print(TourOptions.USAGE);
            return;
        }
        run(options, new Page(System.out));
    }

    private static void run(TourOptions options, Page page) throws Exception {
        long start = System.nanoTime();
        try (Workspace workspace = Workspace.open(options.store())) {
            page.out().println("Fleche, a memory for expensive function calls: a tour.");
            page.out().println("Stores are in " + workspace.directory() + workspace.fate());
            for (Section section : sections(options, workspace)) {
                page.heading(section.title());
                section.show(page);
            }
        }
        page.out().println();
        page.out().println("The tour took " + Page.time(System.nanoTime() - start) + ".");
    }

    private static List<Section> sections(TourOptions options, Workspace workspace) throws IOException {
        Sweep sweep = new Sweep(options.runs());
        return List.of(
                new OneCall(),
                new KeysAreContent(),
                new FourSums(),
                new HandedOver(),
                new EditedCode(workspace.subdirectory("edited")),
                new FutureResult(),
                new WrappedPool(),
                new Restart(workspace.subdirectory("restart")),
                new EveryStorage(workspace.subdirectory("storages"), options.servers()),
                new Processes(workspace.subdirectory("processes")),
                new LorenzSweep(workspace.subdirectory("sweep"), sweep),
                new SweepOnProcesses(workspace.subdirectory("processes-sweep"), sweep));
    }
}
