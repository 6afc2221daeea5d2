package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes compute the same keys while one of them, at random, is killed every 100 ms and started again.
 *
 * <p>The tests run it with fewer keys and kills; {@link #main} runs it in full, as often as its argument says.
 */
class KillMatrixTest {

    private static final int PROCESSES = 4;
    private static final int FULL = 1200;
    private static final int KEYS = 200;
    private static final int KILLS = 20;
    private static final long SEED = Long.getLong("dev.fleche.test.seed", System.nanoTime());
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    Path directory;

    private static volatile Path journal = Path.of("journal");

    /** Says that it runs, in one appending write, and takes a few milliseconds. */
    static int[] compute(int key) {
        try (FileOutputStream out = new FileOutputStream(journal.toFile(), true)) {
            out.write((key + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(key % 20));
        return expected(key);
    }

    /** Every seventh result is stored apart from its record. */
    private static int[] expected(int key) {
        int[] result = new int[key % 7 == 0 ? 3000 : 3];
        Arrays.fill(result, key * 31);
        return result;
    }

    private static final Memo1<Integer, int[]> COMPUTE = Fleche.of(KillMatrixTest::compute);

    /** Calls each key once, in an order of its own, and checks what it gets. */
    static final class Caller {

        public static void main(String[] args) {
            journal = Path.of(args[0], "journal");
            List<Integer> keys = new ArrayList<>(
                    IntStream.range(0, Integer.parseInt(args[1])).boxed().toList());
            Collections.shuffle(keys, new Random(Long.parseLong(args[2])));
            System.out.println("ready");
            try (Cache cache = Cache.files(Path.of(args[0], "store"))) {
                Memo1<Integer, int[]> compute = COMPUTE.in(cache);
                for (int key : keys) {
                    if (!Arrays.equals(compute.apply(key), expected(key))) {
                        System.out.println("WRONG " + key);
                        System.exit(3);
                    }
                }
            }
            System.out.println("done");
        }
    }

    /** What a run came to. */
    private record Outcome(int keys, int distinct, int bodies, int kills, List<String> complaints) {

        void check(long seed) {
            assertThat(complaints).as("seed %d", seed).isEmpty();
            assertThat(distinct).as("keys computed, seed %d", seed).isEqualTo(keys);
            assertThat(bodies).as("bodies with %d kills, seed %d", kills, seed).isBetween(keys, keys + kills);
        }
    }

    /** Runs the processes until all have called every key. */
    private static final class Run {

        private final Path directory;
        private final int keys;
        private final int maxKills;
        private final Random random;
        private final List<ChildJvm> callers = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private int kills;

        Run(Path directory, int keys, int maxKills, long seed) {
            this.directory = directory;
            this.keys = keys;
            this.maxKills = maxKills;
            this.random = new Random(seed);
        }

        Outcome outcome() throws IOException {
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    callers.add(start());
                }
                while (callers.stream().anyMatch(ChildJvm::isAlive)) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    if (kills < maxKills) {
                        killOne();
                    }
                }
                callers.forEach(this::checkSurvivor);
            } finally {
                callers.forEach(ChildJvm::close);
            }
            List<String> bodies = Files.readAllLines(directory.resolve("journal"));
            return new Outcome(keys, (int) bodies.stream().distinct().count(), bodies.size(), kills, complaints);
        }

        private ChildJvm start() {
            return ChildJvm.start(Caller.class, directory, keys, random.nextLong());
        }

        /** Kills a process that calls, if the one chosen does, and puts another in its place. */
        private void killOne() {
            int chosen = random.nextInt(PROCESSES);
            ChildJvm victim = callers.get(chosen);
            if (victim.isAlive()
                    && victim.lines().contains("ready")
                    && !victim.lines().contains("done")) {
                victim.kill();
                kills++;
                check(victim.lines(), List.of("ready", "done"));
                callers.set(chosen, start());
            }
        }

        private void checkSurvivor(ChildJvm survivor) {
            if (survivor.exitCode() != 0) {
                complaints.add("exit code " + survivor.exitCode());
            }
            check(survivor.lines(), List.of("ready", "done"));
        }

        private void check(List<String> lines, List<String> expected) {
            lines.stream().filter(line -> !expected.contains(line)).forEach(complaints::add);
        }
    }

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyKeyIsComputedWithAtMostOneMoreBodyForEachKill() throws IOException {
        new Run(directory, KEYS, KILLS, SEED).outcome().check(SEED);
    }

    /** Runs the matrix in full; arguments: how many times, the first seed. */
    public static void main(String[] args) throws IOException {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : SEED;
        for (int i = 0; i < times; i++) {
            Outcome outcome = new Run(Files.createTempDirectory("kills"), FULL, Integer.MAX_VALUE, seed + i).outcome();
            System.out.println(outcome + ", seed " + (seed + i));
            outcome.check(seed + i);
        }
    }
}
