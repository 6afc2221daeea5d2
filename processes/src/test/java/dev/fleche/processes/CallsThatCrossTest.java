package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that waits for what its parent computes, which waits for the worker. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallsThatCrossTest {

    private static final Memo1<Integer, Integer> QUEUEING = Fleche.of(CallsThatCrossTest::queueing);

    private static volatile @Nullable ProcessPool pool;
    private static volatile @Nullable Gate gate;

    /** Waits, in the parent alone, for a task behind the one that calls this function in the worker. */
    static int queueing(int x) throws IOException, InterruptedException, ExecutionException {
        ProcessPool known = pool;
        if (known == null) {
            return x;
        }
        Objects.requireNonNull(gate).open();
        return known.submit(() -> x).get();
    }

    static int callInFiles(String directory, int x) {
        try (Cache cache = Cache.files(Path.of(directory))) {
            return QUEUEING.in(cache).apply(x);
        }
    }

    @Test
    void aTaskInAWorkerDoesNotWaitForEverForACallThatNeedsTheWorker(@TempDir Path directory) throws Exception {
        try (Gate opened = new Gate();
                ProcessPool one = ProcessPool.builder()
                        .workers(1)
                        .jvmOptions("-Ddev.fleche.maxLockWaitMillis=200")
                        .build();
                Cache cache = Cache.files(directory)) {
            int port = opened.port();
            String path = directory.toString();
            pool = one;
            gate = opened;
            Future<Integer> nested = one.submit(() -> {
                Gate.pass(port);
                return callInFiles(path, 7);
            });
            opened.awaitArrivals(1);

            int result = QUEUEING.in(cache).apply(7);

            assertThat(result).isEqualTo(7);
            assertThat(nested.get()).isEqualTo(7);
        } finally {
            pool = null;
        }
    }
}
