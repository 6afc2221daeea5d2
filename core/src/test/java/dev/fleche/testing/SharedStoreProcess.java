package dev.fleche.testing;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A process that calls memoised functions on a store which it shares with others.
 *
 * <p>Its directory says which store, and keeps a journal of the bodies that ran.
 */
public final class SharedStoreProcess {

    /** A function whose body takes some milliseconds. */
    static final Memo1<Integer, int[]> COMPUTE = Fleche.of(SharedStoreProcess::compute);

    /** A function whose body never ends in the process that is told to stay in it. */
    static final Memo1<Integer, Integer> STAY = Fleche.of(SharedStoreProcess::stay);

    private static final String JOURNAL = "journal";
    private static final String CONFIG = "config.properties";
    private static final String TYPE = "type";
    private static final int SLOW = 8;

    private static volatile Path journal = Path.of(JOURNAL);
    private static volatile boolean stays;

    private SharedStoreProcess() {}

    /** Says that it runs, in one appending write. */
    static int[] compute(int key) {
        try (OutputStream out = new FileOutputStream(journal.toFile(), true)) {
            out.write((key + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(key % SLOW));
        return expected(key);
    }

    /** Every seventh result is stored apart from its record. */
    private static int[] expected(int key) {
        int[] result = new int[key % 7 == 0 ? 3000 : 3];
        Arrays.fill(result, key * 31);
        return result;
    }

    static int stay(int key) {
        if (stays) {
            System.out.println("stays");
        }
        while (stays) {
            LockSupport.park();
        }
        return key + 1;
    }

    /** Prepares {@code directory} for processes that share the store of {@code config}. */
    static void prepare(Path directory, CacheConfig config) throws IOException {
        Properties properties = new Properties();
        properties.putAll(config.options());
        properties.setProperty("/" + TYPE, config.type());
        try (OutputStream out = Files.newOutputStream(directory.resolve(CONFIG))) {
            properties.store(out, null);
        }
        Files.createFile(directory.resolve(JOURNAL));
    }

    private static CacheConfig config(Path directory) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(directory.resolve(CONFIG))) {
            properties.load(in);
        }
        CacheConfig config = CacheConfig.of(properties.getProperty("/" + TYPE));
        for (String name : properties.stringPropertyNames()) {
            if (!name.startsWith("/")) {
                config = config.with(name, properties.getProperty(name));
            }
        }
        return config;
    }

    /** Returns the keys whose bodies ran, each as often as it did. */
    static List<String> bodies(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve(JOURNAL));
    }

    /**
     * Calls each key once in every thread, each in an order of its own, and checks what comes back; or, without keys,
     * stays in a body.
     *
     * @param arguments the directory, how many keys, how many threads, a seed
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        int keys = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        long seed = Long.parseLong(arguments[3]);
        journal = directory.resolve(JOURNAL);
        try (Cache cache = Cache.open(config(directory))) {
            System.out.println("ready");
            if (keys == 0) {
                stays = true;
                STAY.in(cache).apply(threads);
            }
            callAll(COMPUTE.in(cache), keys, threads, seed);
        }
        System.out.println("done");
    }

    private static void callAll(Memo1<Integer, int[]> compute, int keys, int threads, long seed)
            throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Random random = new Random(seed + i);
            Thread caller = new Thread(() -> call(compute, keys, random));
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private static void call(Memo1<Integer, int[]> compute, int keys, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
        Collections.shuffle(order, random);
        for (int key : order) {
            try {
                if (!Arrays.equals(compute.apply(key), expected(key))) {
                    System.out.println("WRONG " + key);
                }
            } catch (RuntimeException | Error e) {
                System.out.println("ERROR " + key + " " + e);
            }
        }
    }
}
