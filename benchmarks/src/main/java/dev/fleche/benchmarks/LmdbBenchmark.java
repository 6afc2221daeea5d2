package dev.fleche.benchmarks;

import dev.fleche.Fleche;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import dev.fleche.lmdb.Lmdb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A hit and a miss of a small call in LMDB, beside what LMDB itself takes for an entry of the same size. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LmdbBenchmark {

    private static final Memo2<Integer, Integer, Double> RELAX = Fleche.of(Functions::relax);
    private static final int ENTRY_BYTES = 200;
    private static final long MAP_BYTES = 4L << 30;
    private static final byte[] DATABASE = "calls".getBytes(StandardCharsets.US_ASCII);

    /** LMDB alone, by lmdbjava's proxy for byte arrays, which needs no option of the JVM either. */
    private static Env<byte[]> openRaw(Path directory, EnvFlags... flags) throws IOException {
        return Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(MAP_BYTES)
                .setMaxDbs(1)
                .open(Files.createDirectories(directory).toFile(), flags);
    }

    /** A store with many entries, met in random order, and an environment with as many. */
    @State(Scope.Benchmark)
    public static class Filled {

        @Param("1000000")
        public int entries;

        WorkDirectory directory;
        Cache cache;
        Memo2<Integer, Integer, Double> relax;
        Env<byte[]> env;
        Dbi<byte[]> database;
        Txn<byte[]> txn;
        private byte[][] keys;
        private final Random random = new Random(1);

        @Setup
        public void fill() throws IOException {
            directory = WorkDirectory.create();
            cache = Lmdb.open(directory.resolve("store"));
            relax = RELAX.in(cache);
            env = openRaw(directory.resolve("raw"), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC);
            database = env.openDbi(DATABASE, DbiFlags.MDB_CREATE);
            keys = new byte[entries][];
            for (int i = 0; i < entries; i++) {
                relax.apply(i, 7);
                keys[i] = relax.digest(i, 7).toBytes();
            }
            try (Txn<byte[]> write = env.txnWrite()) {
                for (byte[] key : keys) {
                    database.put(write, key, new byte[ENTRY_BYTES]);
                }
                write.commit();
            }
            txn = env.txnRead();
            txn.reset();
        }

        int next() {
            return random.nextInt(entries);
        }

        @TearDown
        public void requireHits() throws IOException {
            long misses = cache.stats().misses();
            cache.close();
            env.close();
            directory.close();
            if (misses != entries) {
                throw new IllegalStateException(
                        "expected hits only after " + entries + " misses, found " + misses + " misses");
            }
        }
    }

    /** A store and an environment that get a new entry with every call. */
    @State(Scope.Benchmark)
    public static class Growing {

        @Param({"fast", "durable"})
        public String durability;

        WorkDirectory directory;
        Cache cache;
        Memo2<Integer, Integer, Double> relax;
        Env<byte[]> env;
        Dbi<byte[]> database;
        private final Random random = new Random(1);
        private int argument;

        @Setup
        public void open() throws IOException {
            directory = WorkDirectory.create();
            cache = Cache.open(Lmdb.config(directory.resolve("store")).with("durability", durability));
            relax = RELAX.in(cache);
            env = durability.equals("fast")
                    ? openRaw(directory.resolve("raw"), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC)
                    : openRaw(directory.resolve("raw"), EnvFlags.MDB_NOTLS);
            database = env.openDbi(DATABASE, DbiFlags.MDB_CREATE);
        }

        int nextArgument() {
            return argument++;
        }

        byte[] nextKey() {
            byte[] key = new byte[32];
            random.nextBytes(key);
            return key;
        }

        @TearDown
        public void close() throws IOException {
            cache.close();
            env.close();
            directory.close();
        }
    }

    @Benchmark
    public double hit(Filled filled) {
        return filled.relax.apply(filled.next(), 7);
    }

    @Benchmark
    public byte[] rawGet(Filled filled) {
        filled.txn.renew();
        byte[] entry = filled.database.get(filled.txn, filled.keys[filled.next()]);
        filled.txn.reset();
        return entry;
    }

    @Benchmark
    public double miss(Growing growing) {
        return growing.relax.apply(growing.nextArgument(), 7);
    }

    @Benchmark
    public byte[] rawPut(Growing growing) {
        byte[] key = growing.nextKey();
        growing.database.put(key, new byte[ENTRY_BYTES]);
        return key;
    }
}
