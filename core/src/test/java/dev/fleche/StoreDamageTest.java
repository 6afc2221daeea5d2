package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memoised function over a small file store, every file of which is damaged in every way. */
class StoreDamageTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    record Point(int x, String label) {}

    static List<Point> points(String label, int count) {
        RUNS.incrementAndGet();
        List<Point> points = new ArrayList<>();
        for (int x = 0; x < count; x++) {
            points.add(new Point(x, label));
        }
        return points;
    }

    private static final Memo2<String, Integer, List<Point>> POINTS = Fleche.of(StoreDamageTest::points);
    private static final int FEW = 3;
    /** As many as do not fit into the record. */
    private static final int MANY = 60;

    @BeforeEach
    void store() {
        try (Cache cache = Cache.files(directory)) {
            POINTS.in(cache).apply("few", FEW);
            POINTS.in(cache).apply("many", MANY);
        }
        RUNS.set(0);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.startsWith(directory.resolve("calls")) || file.startsWith(directory.resolve("values")))
                    .sorted()
                    .toList();
        }
    }

    /** Calls both functions on the damaged store and again: right answers, at most one run each, and healed. */
    private void check(Cache cache, String what) {
        RUNS.set(0);
        assertThat(POINTS.in(cache).apply("few", FEW)).as(what).isEqualTo(points("few", FEW));
        assertThat(POINTS.in(cache).apply("many", MANY)).as(what).isEqualTo(points("many", MANY));
        // two of the runs are the comparisons' own
        assertThat(RUNS.get() - 2).as(what).isBetween(0, 2);
        RUNS.set(0);
        assertThat(POINTS.in(cache).apply("few", FEW)).as(what).hasSize(FEW);
        assertThat(POINTS.in(cache).apply("many", MANY)).as(what).hasSize(MANY);
        assertThat(RUNS).as("%s, second call", what).hasValue(0);
    }

    @Test
    void aFlippedByteIsNeverAWrongAnswerAndIsHealed() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            for (Path file : entries()) {
                byte[] sound = Files.readAllBytes(file);
                for (int i = 0; i < sound.length; i++) {
                    byte[] damaged = sound.clone();
                    damaged[i] ^= (byte) (1 << (i % 8));
                    Files.write(file, damaged);
                    check(cache, file + " byte " + i);
                }
            }
        }
    }

    @Test
    void aTruncatedOrExtendedFileIsNeverAWrongAnswerAndIsHealed() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            for (Path file : entries()) {
                byte[] sound = Files.readAllBytes(file);
                for (int length = 0; length <= sound.length + 1; length++) {
                    Files.write(file, Arrays.copyOf(sound, length));
                    check(cache, file + " length " + length);
                }
            }
        }
    }

    @Test
    void swappedFilesAreNeverAWrongAnswerAndAreHealed() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            List<Path> files = entries();
            for (Path one : files) {
                for (Path other : files) {
                    byte[] first = Files.readAllBytes(one);
                    byte[] second = Files.readAllBytes(other);
                    Files.write(one, second);
                    Files.write(other, first);
                    check(cache, one + " and " + other);
                }
            }
        }
    }

    @Test
    void foreignBytesAndMissingFilesAreNeverAWrongAnswerAndAreHealed() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            for (Path file : entries()) {
                Files.writeString(file, "{\"not\": \"ours\"}");
                check(cache, file + " foreign");
                Files.delete(file);
                check(cache, file + " missing");
                // the manifest of the code is not stored again before the next start
                Files.deleteIfExists(file);
                Files.createDirectory(file);
                assertThat(POINTS.in(cache).apply("few", FEW)).hasSize(FEW);
                assertThat(POINTS.in(cache).apply("many", MANY)).hasSize(MANY);
                Files.delete(file);
                check(cache, file + " was a directory");
            }
        }
    }
}
