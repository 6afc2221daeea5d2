package dev.fleche.benchmarks;

import dev.fleche.Fleche;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import dev.fleche.codec.TypeContext;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecordFormat;
import dev.fleche.sql.Sql;
import dev.fleche.storage.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
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

/**
 * A hit and a miss of a small call in SQLite, beside reading and writing one row of the same bytes by plain JDBC, with
 * the same settings and prepared statements.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SqlBenchmark {

    private static final Memo2<Integer, Integer, Double> RELAX = Fleche.of(Functions::relax);

    private static byte[] record(Cache cache, Digest key) {
        return CallRecordFormat.encode(
                cache.load(key, TypeContext.of(null, List.of(), List.of())).record());
    }

    /** A plain table of keys and bytes. */
    private static final class Rows implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement select;
        private final PreparedStatement insert;

        Rows(Path file, Durability durability) throws SQLException {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = wal");
                statement.execute("PRAGMA synchronous = " + (durability == Durability.DURABLE ? "FULL" : "NORMAL"));
                statement.execute(
                        "CREATE TABLE entry (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL)");
            }
            select = connection.prepareStatement("SELECT bytes FROM entry WHERE name = ?");
            insert = connection.prepareStatement("INSERT INTO entry (name, bytes) VALUES (?, ?)");
        }

        void put(byte[] name, byte[] bytes) throws SQLException {
            insert.setBytes(1, name);
            insert.setBytes(2, bytes);
            insert.executeUpdate();
        }

        byte[] get(byte[] name) throws SQLException {
            select.setBytes(1, name);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getBytes(1);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** A store with many entries, visited in random order. */
    @State(Scope.Benchmark)
    public static class Filled {

        @Param("10000")
        public int entries;

        WorkDirectory directory;
        Cache cache;
        Memo2<Integer, Integer, Double> relax;
        private Rows rows;
        private byte[][] names;
        private Random random;

        @Setup
        public void fill() throws IOException, SQLException {
            directory = WorkDirectory.create();
            cache = Sql.open(directory.resolve("store"));
            relax = RELAX.in(cache);
            rows = new Rows(directory.resolve("rows.sqlite3"), Durability.FAST);
            names = new byte[entries][];
            random = new Random(1);
            for (int i = 0; i < entries; i++) {
                relax.apply(i, 7);
                Digest key = relax.digest(i, 7);
                names[i] = key.toBytes();
                rows.put(names[i], record(cache, key));
            }
        }

        int next() {
            return random.nextInt(entries);
        }

        @TearDown
        public void requireHits() throws IOException, SQLException {
            long misses = cache.stats().misses();
            rows.close();
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

        @Param({"FAST", "DURABLE"})
        public Durability durability;

        WorkDirectory directory;
        Cache cache;
        Memo2<Integer, Integer, Double> relax;
        private Rows rows;
        private byte[] record;
        private final Random random = new Random(1);
        private int argument;

        @Setup
        public void open() throws IOException, SQLException {
            directory = WorkDirectory.create();
            cache = Sql.open(directory.resolve("store"), durability);
            relax = RELAX.in(cache);
            relax.apply(-1, 7);
            record = record(cache, relax.digest(-1, 7));
            rows = new Rows(directory.resolve("rows.sqlite3"), durability);
        }

        int nextArgument() {
            return argument++;
        }

        void putRow() throws SQLException {
            byte[] name = new byte[Digest.BYTES];
            random.nextBytes(name);
            rows.put(name, record);
        }

        @TearDown
        public void requireCommits() throws IOException, SQLException {
            long commits = cache.stats().commits();
            rows.close();
            cache.close();
            directory.close();
            if (commits != argument + 1) {
                throw new IllegalStateException("expected " + (argument + 1) + " commits, found " + commits);
            }
        }
    }

    @Benchmark
    public double hit(Filled filled) {
        return filled.relax.apply(filled.next(), 7);
    }

    @Benchmark
    public byte[] readRow(Filled filled) throws SQLException {
        return filled.rows.get(filled.names[filled.next()]);
    }

    @Benchmark
    public double miss(Growing growing) {
        return growing.relax.apply(growing.nextArgument(), 7);
    }

    @Benchmark
    public void writeRow(Growing growing) throws SQLException {
        growing.putRow();
    }
}
