package dev.fleche.benchmarks;

import dev.fleche.processes.ProcessPool;
import dev.fleche.processes.WorkerCrashedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What a process pool is measured by; prints a name and a figure a line.
 *
 * <p>The counterpart of {@code process_pool.py}, step by step.
 */
final class PoolWorkload {

    private static final int WORKERS = 2;
    private static final int TINY = 20_000;
    private static final int BATCHES = 4;
    private static final int ELEMENTS = 200_000;
    private static final int CHUNK = 100;
    private static final int ROUND_TRIPS = 2_000;
    private static final int PAYLOAD = 8 << 20;
    private static final int PAYLOADS = 12;

    private PoolWorkload() {}

    /** A step whose time is taken. */
    private interface Step {
        void run() throws Exception;
    }

    /** Runs all steps once. */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        try (ProcessPool pool = ProcessPool.of(WORKERS)) {
            first(pool);
            report("startMillis", (System.nanoTime() - start) / 1e6);
            report("tinyPerSecond", TINY / median(BATCHES, () -> tiny(pool)));
            report("chunkedPerSecond", ELEMENTS / median(BATCHES, () -> chunked(pool)));
            report(
                    "roundTripMicros",
                    1e6 * median(ROUND_TRIPS, () -> pool.submit(() -> square(3)).get()));
            byte[] data = make(PAYLOAD);
            report("argumentMibPerSecond", 8 / median(PAYLOADS, () -> argument(pool, data)));
            report("resultMibPerSecond", 8 / median(PAYLOADS, () -> result(pool)));
        }
        crash();
    }

    static int square(int i) {
        return i * i;
    }

    static int length(byte[] data) {
        return data.length;
    }

    static byte[] make(int size) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) 1);
        return data;
    }

    /** Says that it has begun by deleting {@code mark}, and then does nothing. */
    static int hang(String mark) throws IOException, InterruptedException {
        Files.delete(Path.of(mark));
        new CountDownLatch(1).await();
        return 0;
    }

    private static void first(ProcessPool pool) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int number = i;
            futures.add(pool.submit(() -> square(number)));
        }
        for (Future<Integer> future : futures) {
            future.get();
        }
    }

    private static void tiny(ProcessPool pool) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(TINY);
        for (int i = 0; i < TINY; i++) {
            int number = i;
            futures.add(pool.submit(() -> square(number)));
        }
        int sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        require(sum == IntStream.range(0, TINY).map(PoolWorkload::square).sum());
    }

    private static void chunked(ProcessPool pool) {
        List<Integer> inputs = IntStream.range(0, ELEMENTS).boxed().toList();
        int sum = pool.map(PoolWorkload::square, inputs, CHUNK).stream()
                .mapToInt(Integer::intValue)
                .sum();
        require(sum == IntStream.range(0, ELEMENTS).map(PoolWorkload::square).sum());
    }

    private static void argument(ProcessPool pool, byte[] data) throws Exception {
        require(pool.submit(() -> length(data)).get() == PAYLOAD);
    }

    private static void result(ProcessPool pool) throws Exception {
        require(pool.submit(() -> make(PAYLOAD)).get().length == PAYLOAD);
    }

    /** A Java process cannot kill itself by a signal, so the time begins when this one kills it. */
    private static void crash() throws Exception {
        try (ProcessPool pool = ProcessPool.of(1)) {
            long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
            Path mark = Files.createTempFile("fleche-bench-", "");
            String name = mark.toString();
            Future<Integer> hanging = pool.submit(() -> hang(name));
            while (Files.exists(mark)) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            try {
                hanging.get();
                throw new IllegalStateException("the worker lives on");
            } catch (ExecutionException e) {
                require(e.getCause() instanceof WorkerCrashedException);
                report("crashMillis", (System.nanoTime() - start) / 1e6);
            }
            report("usableAfterCrash", pool.submit(() -> square(2)).get() == 4 ? 1 : 0);
        }
    }

    private static double median(int times, Step step) throws Exception {
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            step.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[times / 2];
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a wrong result");
        }
    }

    private static void report(String name, double figure) {
        System.out.println(name + " " + figure);
    }
}
