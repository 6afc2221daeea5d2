package dev.fleche.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the tour was asked for.
 *
 * @param runs the runs of the parameter sweep
 * @param store the directory that keeps the stores, if they are to be kept
 * @param servers the addresses of databases on servers that the tour may use too
 * @param help whether only the usage was asked for
 */
record TourOptions(int runs, Optional<Path> store, List<String> servers, boolean help) {

    static final String USAGE = """
            Usage: ./fleche tour [--runs N] [--store DIR] [--server URL]...

              --runs N      runs of the parameter sweep, 8 to 4096 (96)
              --store DIR   keep the stores in DIR, so that the next tour finds everything
              --server URL  show the storage on a server too, in a database for the tour:
                            jdbc:postgresql://HOST/NAME?user=USER or jdbc:mariadb://HOST/NAME?user=USER
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
        List<String> servers = new ArrayList<>();
        boolean help = false;
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--runs" -> runs = runs(value(name, rest));
                case "--store" -> store = Optional.of(directory(value(name, rest)));
                case "--server" -> servers.add(server(value(name, rest)));
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("expected --runs, --store or --server, found " + name);
            }
        }
        return new TourOptions(runs, store, List.copyOf(servers), help);
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

    private static String server(String url) {
        if (url.startsWith("jdbc:postgresql://") || url.startsWith("jdbc:mariadb://")) {
            return url;
        }
        throw new IllegalArgumentException(
                "expected jdbc:postgresql://... or jdbc:mariadb://... after --server, found " + url);
    }

    private static Path directory(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a directory after --store, found " + text, e);
        }
    }
}
