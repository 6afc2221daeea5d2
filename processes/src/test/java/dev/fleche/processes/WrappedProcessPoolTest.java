package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.testing.FlecheExecutorContract;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrappedProcessPoolTest extends FlecheExecutorContract {

    private static final Memo1<Integer, CompletableFuture<Long>> PROCESS_LATER =
            Fleche.of(WrappedProcessPoolTest::processLater);

    @Override
    protected ExecutorService create() {
        return ProcessPool.of(1);
    }

    static CompletableFuture<Long> processLater(int number) {
        return CompletableFuture.supplyAsync(() -> ProcessHandle.current().pid());
    }

    @Test
    void theValueOfAFutureComesFromTheWorkerAndIsStoredHere() throws Exception {
        try (Cache cache = Cache.memory()) {
            assertComputedElsewhereOnce(cache);
        }
    }

    @Test
    void soItDoesWhereTheWorkerCouldOpenTheCache(@TempDir Path directory) throws Exception {
        try (Cache cache = Cache.files(directory)) {
            assertComputedElsewhereOnce(cache);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // futures of futures are what is tested
    private static void assertComputedElsewhereOnce(Cache cache) throws Exception {
        Call<CompletableFuture<Long>> call = PROCESS_LATER.in(cache).on(1);
        try (FlecheExecutor pool = Fleche.wrap((ExecutorService) ProcessPool.of(1))) {
            Future<CompletableFuture<Long>> first = pool.submit(call);
            Future<CompletableFuture<Long>> second = pool.submit(call);

            long pid = first.get().get();

            assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(second.get()).isCompletedWithValue(pid);
            assertThat(call.load()).isCompletedWithValue(pid);
        }
    }
}
