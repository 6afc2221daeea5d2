package dev.fleche.benchmarks;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Digests of large arrays and of small values beside the JDK's SHA-256 of as many bytes that lie ready. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DigestBenchmark {

    private static final int LENGTH = 1_000_000;

    private final Digester digester = Digester.standard();
    private final MessageDigest sha256 = Sha256.create();

    private final Integer number = 123_456;
    private final String text = "temperature of the mesh";
    private final Functions.Mesh mesh = new Functions.Mesh("wing", 40_000, 0.25);
    private final List<Integer> list = IntStream.range(1_000, 1_100).boxed().toList();
    private final byte[] block = new byte[64];
    private final byte[] listBytes = new byte[500];

    /** Arrays of a million numbers, without NaN. */
    @State(Scope.Thread)
    public static class Arrays {

        final int[] ints = new int[LENGTH];
        final long[] longs = new long[LENGTH];
        final float[] floats = new float[LENGTH];
        final double[] doubles = new double[LENGTH];
        final byte[] bytesOf4 = new byte[4 * LENGTH];
        final byte[] bytesOf8 = new byte[8 * LENGTH];

        @Setup
        public void fill() {
            Random random = new Random(1);
            for (int i = 0; i < LENGTH; i++) {
                ints[i] = random.nextInt();
                longs[i] = random.nextLong();
                floats[i] = (float) random.nextGaussian();
                doubles[i] = random.nextGaussian();
            }
            random.nextBytes(bytesOf4);
            random.nextBytes(bytesOf8);
        }
    }

    @Benchmark
    public Digest ints(Arrays arrays) {
        return digester.digest(arrays.ints);
    }

    @Benchmark
    public Digest longs(Arrays arrays) {
        return digester.digest(arrays.longs);
    }

    @Benchmark
    public Digest floats(Arrays arrays) {
        return digester.digest(arrays.floats);
    }

    @Benchmark
    public Digest doubles(Arrays arrays) {
        return digester.digest(arrays.doubles);
    }

    @Benchmark
    public byte[] sha256Of4Bytes(Arrays arrays) {
        return sha256.digest(arrays.bytesOf4);
    }

    @Benchmark
    public byte[] sha256Of8Bytes(Arrays arrays) {
        return sha256.digest(arrays.bytesOf8);
    }

    @Benchmark
    public Digest smallInt() {
        return digester.digest(number);
    }

    @Benchmark
    public Digest smallString() {
        return digester.digest(text);
    }

    @Benchmark
    public Digest smallRecord() {
        return digester.digest(mesh);
    }

    @Benchmark
    public Digest smallList() {
        return digester.digest(list);
    }

    @Benchmark
    public byte[] sha256Of64() {
        return sha256.digest(block);
    }

    @Benchmark
    public byte[] sha256Of500() {
        return sha256.digest(listBytes);
    }
}
