package dev.fleche.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the tour was asked for.
 *
 * @param runs the runs of the parameter sweep
 * @param store the directory that keeps the stores, if they are to be kept
 * @param help whether only the usage was asked for
 */
record TourOptions(int runs, Optional<Path> store, boolean help) {

    static final String USAGE = """
            Usage: ./fleche tour [--runs N] [--store DIR]

              --runs N      runs of the parameter sweep, 8 to 4096 (96)
              --store DIR   keep the stores in DIR, so that the next tour finds everything
              --help        print this
            """;

    private static final int MIN_RUNS = 8;
    private static final int MAX_RUNS = 4096;

    /**
     * Returns the options that {@code args} state.
     *
     * @throws IllegalArgumentException if they state none; the message says what was expected
     */
    static TourOptions parse(String... args) {
        int runs = 96;
        Optional<Path> store = Optional.empty();
        boolean help = false;
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--runs" -> runs = runs(value(name, rest));
                case "--store" -> store = Optional.of(directory(value(name, rest)));
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("expected --runs or --store, found " + name);
            }
        }
        return new TourOptions(runs, store, help);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("expected a value after " + name + ", found the end");
        }
        return rest.next();
    }

    private static int runs(String text) {
        if (text.matches("\\d{1,4}")) {
            int runs = Integer.parseInt(text);
            if (runs >= MIN_RUNS && runs <= MAX_RUNS) {
                return runs;
            }
        }
        throw new IllegalArgumentException("expected " + MIN_RUNS + " to " + MAX_RUNS + " after --runs, found " + text);
    }

    private static Path directory(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a directory after --store, found " + text, e);
        }
    }
}
