package dev.fleche.benchmarks;

import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import dev.fleche.processes.ProcessPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A hit and a miss of a small call in files, beside reading the one file, and beside writing and renaming one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FileBenchmark {

    private static final Memo2<Integer, Integer, Double> RELAX = Fleche.of(Functions::relax);

    /** A store with many entries, visited in random order. */
    @State(Scope.Benchmark)
    public static class Filled {

        @Param("10000")
        public int entries;

        WorkDirectory directory;
        Cache cache;
        Memo2<Integer, Integer, Double> relax;
        int[] arguments;
        Path[] records;
        FlecheExecutor processes;
        private int next;

        @Setup
        public void fill() throws IOException {
            directory = WorkDirectory.create();
            cache = Cache.files(directory.resolve("store"));
            relax = RELAX.in(cache);
            processes = Fleche.wrap(ProcessPool.of(1));
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                relax.apply(i, 7);
                order.add(i);
            }
            Collections.shuffle(order, new Random(1));
            arguments = order.stream().mapToInt(Integer::intValue).toArray();
            records = recordFiles();
        }

        private Path[] recordFiles() throws IOException {
            Map<String, Path> byKey = new HashMap<>();
            for (Path file : directory.files("store/calls")) {
                byKey.put(file.getParent().getFileName() + file.getFileName().toString(), file);
            }
            Path[] files = new Path[entries];
            for (int i = 0; i < entries; i++) {
                String key = relax.digest(arguments[i], 7).toString();
                files[i] = byKey.get(key);
                if (files[i] == null) {
                    throw new IllegalStateException("expected the record " + key + " in one of " + byKey.size()
                            + " files under " + directory.path());
                }
            }
            return files;
        }

        int next() {
            next = next + 1 == entries ? 0 : next + 1;
            return next;
        }

        @TearDown
        public void requireHits() throws IOException {
            processes.close();
            long misses = cache.stats().misses();
            cache.close();
            directory.close();
            if (misses != entries) {
                throw new IllegalStateException(
                        "expected hits only after " + entries + " misses, found " + misses + " misses");
            }
        }
    }

    /** A store that gets a new entry with every call. */
    @State(Scope.Benchmark)
    public static class Growing {

        WorkDirectory directory;
        Cache cache;
        Memo2<Integer, Integer, Double> relax;
        byte[] record;
        private int argument;
        private long expectedCommits;

        @Setup
        public void open() throws IOException {
            directory = WorkDirectory.create();
            directory.makeShards();
            cache = Cache.files(directory.resolve("store"));
            relax = RELAX.in(cache);
            // Makes the store's own directories, which the other side has from the beginning.
            for (int i = 0; i < 2_000; i++) {
                relax.apply(nextArgument(), 7);
            }
            record = Files.readAllBytes(directory.files("store/calls").get(0));
        }

        int nextArgument() {
            expectedCommits++;
            return argument++;
        }

        @TearDown
        public void requireCommits() throws IOException {
            long commits = cache.stats().commits();
            cache.close();
            directory.close();
            if (commits != expectedCommits) {
                throw new IllegalStateException("expected " + expectedCommits + " commits, found " + commits);
            }
        }
    }

    @Benchmark
    public double hit(Filled filled) {
        return filled.relax.apply(filled.arguments[filled.next()], 7);
    }

    /** No worker starts, since nothing misses. */
    @Benchmark
    public double hitThroughProcesses(Filled filled) throws ExecutionException, InterruptedException {
        return filled.processes
                .submit(filled.relax.on(filled.arguments[filled.next()], 7))
                .get();
    }

    @Benchmark
    public byte[] readFile(Filled filled) throws IOException {
        return Files.readAllBytes(filled.records[filled.next()]);
    }

    @Benchmark
    public double miss(Growing growing) {
        return growing.relax.apply(growing.nextArgument(), 7);
    }

    @Benchmark
    public Path writeAndRename(Growing growing) throws IOException {
        return growing.directory.write(growing.record);
    }
}
