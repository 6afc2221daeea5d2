package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.cache.VerifyReport;
import dev.fleche.sql.Sql;
import dev.fleche.storage.CacheConfig;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One job on each storage in turn, from two processes. */
final class EveryStorage implements Section {

    private static final int CALLS = 200;

    private static final Memo1<Integer, List<Integer>> DIVISORS = Fleche.of(EveryStorage::divisors);

    private final Path directory;
    private final List<String> servers;

    /**
     * Creates the section.
     *
     * @param servers the addresses of databases on servers
     */
    EveryStorage(Path directory, List<String> servers) {
        this.directory = directory;
        this.servers = List.copyOf(servers);
    }

    /** Returns the divisors of a number, smallest first. */
    static List<Integer> divisors(int number) {
        List<Integer> divisors = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            if (number % i == 0) {
                divisors.add(i);
            }
        }
        return divisors;
    }

    @Override
    public String title() {
        return "One job on every storage";
    }

    @Override
    public void show(Page page) throws Exception {
        page.text(
                "The divisors of " + CALLS + " numbers, computed by this process into each storage, then asked for by "
                        + "another process that opens the same configuration. Times are those of a call, on average.");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("storage", "shared between", "entries", "bytes", "miss", "hit", "hits in another process"));
        for (Map.Entry<CacheConfig, String> store : stores().entrySet()) {
            rows.add(row(store.getKey(), store.getValue()));
        }
        page.table(rows);
        if (servers.isEmpty()) {
            page.text("PostgreSQL and MariaDB are shown too if --server names a database.");
        }
    }

    private Map<CacheConfig, String> stores() {
        Map<CacheConfig, String> stores = new LinkedHashMap<>();
        stores.put(CacheConfig.of("memory"), "threads");
        stores.put(inDirectory("files"), "processes, machines");
        stores.put(inDirectory("lmdb"), "processes");
        stores.put(inDirectory("sqlite"), "processes");
        for (String url : servers) {
            stores.put(Sql.config(url), "processes, machines");
        }
        return stores;
    }

    private CacheConfig inDirectory(String type) {
        return CacheConfig.of(type).with("path", directory.resolve(type).toString());
    }

    private static List<String> row(CacheConfig config, String sharedBetween) throws Exception {
        try (Cache cache = Cache.open(config)) {
            Memo1<Integer, List<Integer>> divisors = DIVISORS.in(cache);
            // whoever has not run yet is slow
            pass(divisors, CALLS);
            long miss = pass(divisors, 0);
            long hit = pass(divisors, 0);
            VerifyReport report = cache.verify();
            List<String> row = List.of(
                    config.type(),
                    sharedBetween,
                    Long.toString(report.records()),
                    Long.toString(report.storeBytes()),
                    Page.time(miss / CALLS),
                    Page.time(hit / CALLS),
                    config.isLocal() ? "none" : hitsInAnotherProcess(config));
            if (config.options().containsKey("url")) {
                // a server is not the tour's, and the next tour is to miss again
                evict(cache);
            }
            return row;
        }
    }

    /** Asks for {@link #CALLS} numbers from one on, and returns how long that took, in nanoseconds. */
    private static long pass(Memo1<Integer, List<Integer>> divisors, int offset) {
        long start = System.nanoTime();
        for (int i = 1; i <= CALLS; i++) {
            divisors.apply(offset + i);
        }
        return System.nanoTime() - start;
    }

    private static void evict(Cache cache) {
        for (int i = 1; i <= 2 * CALLS; i++) {
            cache.evict(DIVISORS.digest(i));
        }
    }

    private static String hitsInAnotherProcess(CacheConfig config) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Another.class.getName(),
                config.type()));
        config.options().forEach((name, value) -> command.add(name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String report = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
        if (process.waitFor() != 0) {
            throw new IOException("the other JVM ended with exit code " + process.exitValue() + ": " + report);
        }
        return report;
    }

    /** The program of the other process. */
    static final class Another {

        private Another() {}

        public static void main(String[] args) {
            Map<String, String> options = new TreeMap<>();
            for (String option : Arrays.asList(args).subList(1, args.length)) {
                int equals = option.indexOf('=');
                options.put(option.substring(0, equals), option.substring(equals + 1));
            }
            try (Cache cache = Cache.open(new CacheConfig(args[0], options))) {
                pass(DIVISORS.in(cache), 0);
                System.out.println(cache.stats().hits() + " of " + CALLS);
            }
        }
    }
}
