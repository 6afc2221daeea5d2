package dev.fleche.benchmarks.stores;

import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What is done to one store of one size in a process of its own; prints a metric and a figure a line. */
final class Workload {

    private static final int BATCH = 1_000;
    private static final int SAMPLE = 100_000;
    private static final int REOPENINGS = 5;
    private static final int QUERIES = 20;
    private static final int PUTS = 2_000;
    private static final int DURABLE_PUTS = 300;

    /** Numbers of entries beyond those that are looked for in vain. */
    private static final int FIRST_PUT = 1_000_000_000;

    private static final int FIRST_DURABLE_PUT = 1_100_000_000;
    private static final int FIRST_CALL = 1_200_000_000;

    private final Candidate candidate;
    private final int size;
    private final Path directory;
    private final int millis;
    private final Map<Metric, Double> figures = new EnumMap<>(Metric.class);

    /**
     * Creates a workload.
     *
     * @param size the number of entries
     * @param directory where the store is
     * @param millis how long to measure each metric
     */
    Workload(Candidate candidate, int size, Path directory, int millis) {
        this.candidate = candidate;
        this.size = size;
        this.directory = directory;
        this.millis = millis;
    }

    /** The parts of a workload, each for a process of its own, in this order. */
    enum Part {
        FILL,
        STORE,
        CALLS
    }

    /** Does one part: its name, the store's name, the number of entries, the directory, the time in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        Workload workload = new Workload(
                Candidate.valueOf(arguments[1]),
                Integer.parseInt(arguments[2]),
                Path.of(arguments[3]),
                Integer.parseInt(arguments[4]));
        workload.run(Part.valueOf(arguments[0])).forEach((metric, figure) -> System.out.println(metric + " " + figure));
    }

    /** Does one part and returns what was measured. */
    Map<Metric, Double> run(Part part) throws Exception {
        switch (part) {
            case FILL -> fill();
            case STORE -> measureStore();
            case CALLS -> measureCalls();
        }
        return figures;
    }

    private void fill() throws Exception {
        long start = System.nanoTime();
        if (candidate.isOurs()) {
            try (Cache cache = Cache.open(candidate.config(directory, Durability.FAST))) {
                Memo1<Integer, byte[]> value = Entries.VALUE.in(cache);
                for (int i = 0; i < size; i++) {
                    value.apply(i);
                }
                require(cache.stats().commits() == size, "all calls stored", cache.stats());
            }
        } else {
            try (Store.OfBytes store = candidate.openBytes(directory, Durability.FAST)) {
                for (int i = 0; i < size; i += BATCH) {
                    store.fill(i, Math.min(i + BATCH, size));
                }
            }
        }
        figures.put(Metric.FILL_MICROS, (System.nanoTime() - start) / 1e3 / size);
    }

    private void measureStore() throws Exception {
        // the first digest of a call analyses the function's code, whatever the store
        Entries.VALUE.digest(0);
        figures.put(Metric.OPEN_MILLIS, open());
        double[] reopenings = new double[REOPENINGS];
        for (int i = 0; i < REOPENINGS; i++) {
            reopenings[i] = open();
        }
        Arrays.sort(reopenings);
        figures.put(Metric.REOPEN_MILLIS, reopenings[REOPENINGS / 2]);
        try (Store<?, ?> store = candidate.open(directory, Durability.FAST)) {
            read(store);
            if (candidate.canKeepPuts(Durability.FAST)) {
                figures.put(Metric.PUT_MICROS, put(store, FIRST_PUT, PUTS));
            }
        }
        if (candidate.canKeepPuts(Durability.DURABLE)) {
            try (Store<?, ?> store = candidate.open(directory, Durability.DURABLE)) {
                figures.put(Metric.DURABLE_MICROS, put(store, FIRST_DURABLE_PUT, DURABLE_PUTS));
            }
        }
    }

    /** Returns how long it takes to open the store and to read one entry, in milliseconds. */
    private double open() throws Exception {
        long start = System.nanoTime();
        try (Store<?, ?> store = candidate.open(directory, Durability.FAST)) {
            require(readFirst(store) > 0, "an entry", "none");
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private static <K> int readFirst(Store<K, ?> store) throws Exception {
        return store.read(store.key(0));
    }

    private <K> void read(Store<K, ?> store) throws Exception {
        List<K> present = keys(store, 0);
        Timing.Cost get = Timing.ofQuick(millis, turn -> {
            int length = store.read(present.get(turn % present.size()));
            require(length >= Entries.VALUE_BYTES, "a value", length);
        });
        figures.put(Metric.GET_NANOS, get.nanos());
        figures.put(Metric.GET_CPU_NANOS, get.cpuNanos());
        List<K> absent = keys(store, size);
        Timing.Cost miss = Timing.ofQuick(millis, turn -> {
            int length = store.read(absent.get(turn % absent.size()));
            require(length < 0, "nothing", length);
        });
        figures.put(Metric.MISS_NANOS, miss.nanos());
    }

    private <E> double put(Store<?, E> store, int start, int count) throws Exception {
        List<E> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(store.entry(start + i));
        }
        return Timing.meanMicros(count, 2 * millis, turn -> store.put(entries.get(turn)));
    }

    private void measureCalls() throws Exception {
        try (Cache cache = Cache.open(candidate.config(directory, Durability.FAST))) {
            Memo1<Integer, byte[]> value = Entries.VALUE.in(cache);
            int[] present = sample(0);
            Timing.Cost hit = Timing.ofQuick(millis, turn -> {
                int length = value.apply(present[turn % present.length]).length;
                require(length == Entries.VALUE_BYTES, "a value", length);
            });
            require(cache.stats().misses() == 0, "hits only", cache.stats());
            figures.put(Metric.HIT_NANOS, hit.nanos());
            figures.put(Metric.HIT_CPU_NANOS, hit.cpuNanos());
            figures.put(Metric.QUERY_MILLIS, query(value));
            figures.put(
                    Metric.CALL_MICROS, Timing.meanMicros(PUTS, 2 * millis, turn -> value.apply(FIRST_CALL + turn)));
            require(cache.stats().failures() == 0, "no failures", cache.stats());
        }
    }

    /** Returns what it takes to find a call by its argument, in milliseconds. */
    private double query(Memo1<Integer, byte[]> value) throws Exception {
        String name;
        try (Stream<RecordedCall<byte[]>> calls = value.query().stream()) {
            name = calls.findFirst().orElseThrow().record().arguments().get(0).name();
        }
        int[] present = sample(0);
        require(find(value, name, present[present.length - 1]) > 0, "a call", "none");
        return Timing.medianMillis(
                QUERIES, millis, turn -> require(find(value, name, present[turn]) > 0, "a call", "none"));
    }

    private static long find(Memo1<Integer, byte[]> value, String name, int argument) {
        try (Stream<RecordedCall<byte[]>> calls = value.query().argument(name, argument).stream()) {
            return calls.map(call -> call.record().key()).distinct().count();
        }
    }

    private <K> List<K> keys(Store<K, ?> store, int start) {
        return Arrays.stream(sample(start)).mapToObj(store::key).toList();
    }

    /** Returns numbers of entries in random order, from {@code start} on. */
    private int[] sample(int start) {
        return new SplittableRandom(start)
                .ints(Math.min(size, SAMPLE), start, start + size)
                .toArray();
    }

    private static void require(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new IllegalStateException("expected " + expected + ", found " + found);
        }
    }
}
