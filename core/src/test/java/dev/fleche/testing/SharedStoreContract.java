package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for calls on a store that several processes use at a time. Extend it, and name the store by a
 * configuration.
 *
 * <p>With {@code -Ddev.fleche.test.full=true} there are 1200 keys, and otherwise as many as take some seconds.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SharedStoreContract {

    private static final long SEED = Long.getLong("dev.fleche.test.seed", System.nanoTime());
    private static final int PROCESSES = 4;
    private static final int THREADS = 8;
    private static final int KEYS = Boolean.getBoolean("dev.fleche.test.full") ? 1200 : 120;

    @TempDir
    private Path directory;

    private CacheConfig config;

    /** Returns what opens this test's store, in any process; empty before the first. */
    protected abstract CacheConfig config();

    /** Returns within which time after its death the owner of a key is replaced. */
    protected Duration replacement() {
        return Duration.ofSeconds(1);
    }

    @BeforeEach
    void prepare() throws IOException {
        config = config();
        SharedStoreProcess.prepare(directory, config);
    }

    private ChildJvm start(int keys, int threads, long seed) {
        return ChildJvm.running(SharedStoreProcess.class, directory, keys, threads, seed)
                // so that a slow machine makes nobody give up waiting
                .withOptions("-Ddev.fleche.maxLockWaitMillis=100000")
                .start();
    }

    @Test
    void fourProcessesAndThirtyTwoThreadsRunEachBodyOnce() throws IOException {
        List<ChildJvm> children = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                children.add(start(KEYS, THREADS, SEED + (long) THREADS * i));
            }
            children.forEach(child -> lines.addAll(child.result()));
        } finally {
            children.forEach(ChildJvm::close);
        }

        assertThat(lines)
                .as("seed %d", SEED)
                .noneMatch(line -> line.startsWith("WRONG") || line.startsWith("ERROR") || line.contains("dev.fleche."))
                .filteredOn("done"::equals)
                .hasSize(PROCESSES);
        assertThat(SharedStoreProcess.bodies(directory))
                .as("seed %d", SEED)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, KEYS).mapToObj(Integer::toString).toList());
    }

    @Test
    void aKilledOwnerIsReplaced() {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        try (ChildJvm owner = start(0, 5, SEED);
                Cache cache = Cache.open(config)) {
            owner.awaitLine("stays");
            Thread waiting = new Thread(
                    () -> result.complete(SharedStoreProcess.STAY.in(cache).apply(5)));
            waiting.start();
            // threads park for other reasons too, but not for as long as this one
            for (int parked = 0; parked < 100; parked++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                if (waiting.getState() == Thread.State.RUNNABLE) {
                    parked = 0;
                }
            }
            assertThat(result).isNotDone();

            owner.kill();

            assertThat(result).succeedsWithin(replacement()).isEqualTo(6);
        }
    }
}
