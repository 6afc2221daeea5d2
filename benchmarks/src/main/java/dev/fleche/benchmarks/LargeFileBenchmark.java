package dev.fleche.benchmarks;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A hit and a miss of a call with an argument and a result of 1 MiB each, in files.
 *
 * <p>The other side is the least that such a store can do: for a hit, digesting the argument, and reading and checking
 * the result; for a miss, digesting both, and writing and renaming two files.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LargeFileBenchmark {

    private static final int SIZE = 1 << 20;
    private static final int ENTRIES = 16;

    private static final Memo1<byte[], byte[]> INVERT = Fleche.of(Functions::invert);

    /** A store in files with some large entries, emptied of what an iteration added. */
    @State(Scope.Benchmark)
    public static class Store {

        private final byte[][] arguments = new byte[ENTRIES][SIZE];
        private final byte[] fresh = new byte[SIZE];
        private final Path[] files = new Path[ENTRIES];

        final MessageDigest sha256 = Sha256.create();
        WorkDirectory directory;
        Cache cache;
        Memo1<byte[], byte[]> invert;
        private int next;
        private long counter;

        @Setup
        public void open() throws IOException {
            directory = WorkDirectory.create();
            directory.makeShards();
            Random random = new Random(1);
            random.nextBytes(fresh);
            for (int i = 0; i < ENTRIES; i++) {
                random.nextBytes(arguments[i]);
            }
        }

        @Setup(Level.Iteration)
        public void fill() throws IOException {
            cache = Cache.files(directory.resolve("store"));
            invert = INVERT.in(cache);
            for (int i = 0; i < ENTRIES; i++) {
                invert.apply(arguments[i]);
                files[i] = directory.write(arguments[i]);
            }
        }

        @TearDown(Level.Iteration)
        public void empty() throws IOException {
            cache.close();
            directory.deleteFiles("store/calls");
            directory.deleteFiles("store/values");
            directory.deleteFiles("shards");
        }

        @TearDown
        public void delete() throws IOException {
            directory.close();
        }

        private int next() {
            next = (next + 1) & (ENTRIES - 1);
            return next;
        }

        byte[] nextArgument() {
            return arguments[next()];
        }

        Path nextFile() {
            return files[next()];
        }

        byte[] freshArgument() {
            ByteBuffer.wrap(fresh).putLong(counter++);
            return fresh;
        }
    }

    @Benchmark
    public byte[] hit(Store store) {
        return store.invert.apply(store.nextArgument());
    }

    @Benchmark
    public byte[] digestAndReadFile(Store store, Blackhole blackhole) throws IOException {
        blackhole.consume(store.sha256.digest(store.nextArgument()));
        byte[] result = Files.readAllBytes(store.nextFile());
        blackhole.consume(store.sha256.digest(result));
        return result;
    }

    @Benchmark
    public byte[] miss(Store store) {
        return store.invert.apply(store.freshArgument());
    }

    @Benchmark
    public Path digestAndWriteFiles(Store store, Blackhole blackhole) throws IOException {
        byte[] argument = store.freshArgument();
        blackhole.consume(store.sha256.digest(argument));
        store.directory.write(argument);
        byte[] result = Functions.invert(argument);
        blackhole.consume(store.sha256.digest(result));
        return store.directory.write(result);
    }
}
