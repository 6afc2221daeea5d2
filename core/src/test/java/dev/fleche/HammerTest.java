package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two child JVMs hammer one directory while one of them is killed again and again; a hundred times with
 * {@code -Ddev.fleche.test.full=true}.
 */
class HammerTest {

    private static final int KILLS = Boolean.getBoolean("dev.fleche.test.full") ? 100 : 25;
    private static final long SEED = Long.getLong("dev.fleche.test.seed", System.nanoTime());
    private static final int KEYS = 300;

    @TempDir
    Path directory;

    static int[] spread(int key) {
        int[] result = new int[key % 7 == 0 ? 5000 : 5];
        Arrays.fill(result, key * 31);
        return result;
    }

    static int sum(int[] numbers, int key) {
        return Arrays.stream(numbers).sum() + key;
    }

    private static final Memo1<Integer, int[]> SPREAD = Fleche.of(HammerTest::spread);
    private static final Memo2<int[], Integer, Integer> SUM = Fleche.of(HammerTest::sum);

    /** Calls, checks and evicts without end. */
    static final class Hammer {
        public static void main(String[] args) {
            Random random = new Random(Long.parseLong(args[1]));
            try (Cache cache = Cache.files(Path.of(args[0]));
                    Scope scope = Fleche.use(cache)) {
                System.out.println("ready");
                while (true) {
                    int key = random.nextInt(KEYS);
                    check(key);
                    if (random.nextInt(4) == 0) {
                        cache.evict(SPREAD.digest(key));
                    }
                }
            }
        }
    }

    private static void check(int key) {
        int[] expected = spread(key);
        if (!Arrays.equals(SPREAD.apply(key), expected) || SUM.apply(expected, key) != sum(expected, key)) {
            System.out.println("WRONG " + key);
            System.exit(3);
        }
    }

    @Test
    void everyEntryIsRightOrAbsentHoweverOftenAWriterIsKilled() throws IOException {
        Random random = new Random(SEED);
        try (ChildJvm survivor = ChildJvm.start(Hammer.class, directory, SEED)) {
            survivor.awaitLine("ready");
            for (int i = 0; i < KILLS; i++) {
                try (ChildJvm victim = ChildJvm.start(Hammer.class, directory, SEED + i)) {
                    victim.awaitLine("ready");
                    LockSupport.parkNanos(random.nextInt(60_000_000));
                    assertThat(victim.isAlive())
                            .as("seed %d, %s", SEED, victim.lines())
                            .isTrue();
                    victim.kill();
                    assertThat(victim.lines()).as("seed %d", SEED).noneMatch(line -> line.startsWith("WRONG"));
                }
            }
            assertThat(survivor.isAlive())
                    .as("seed %d, %s", SEED, survivor.lines())
                    .isTrue();
            survivor.kill();
            assertThat(survivor.lines())
                    .as("seed %d", SEED)
                    .noneMatch(line -> line.startsWith("WRONG") || line.contains("Exception"));
        }

        try (Cache cache = Cache.files(directory);
                Scope scope = Fleche.use(cache)) {
            for (int key = 0; key < KEYS; key++) {
                assertThat(SPREAD.apply(key)).as("seed %d", SEED).isEqualTo(spread(key));
            }
            assertThat(cache.stats().damaged()).as("seed %d", SEED).isZero();
        }
        awaitSweep();
        try (Stream<Path> left = Files.walk(directory.resolve("temp"))) {
            assertThat(left.filter(Files::isRegularFile)).as("seed %d", SEED).isEmpty();
        }
    }

    /** Opening sweeps in the background; whoever opens next finishes what the last left. */
    private void awaitSweep() throws IOException {
        for (int i = 0; i < 600; i++) {
            try (Cache cache = Cache.files(directory);
                    Stream<Path> owners = Files.list(directory.resolve("owners"))) {
                if (owners.count() <= 1) {
                    return;
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("what the dead left is not swept, seed " + SEED);
    }
}
