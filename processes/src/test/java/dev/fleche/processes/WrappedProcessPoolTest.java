package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.testing.FlecheExecutorContract;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    static long processAtGate(int port) {
        Gate.pass(port);
        return ProcessHandle.current().pid();
    }

    @Test
    void callsInThreadsProcessesAndHereRunOneBody() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Gate gate = new Gate();
                Cache cache = Cache.memory();
                FlecheExecutor elsewhere = Fleche.wrap((ExecutorService) ProcessPool.of(2))) {
            Memo1<Integer, Long> memo = Fleche.<Integer, Long>of(WrappedProcessPoolTest::processAtGate)
                    .in(cache);
            Call<Long> call = memo.on(gate.port());
            Future<Long> first = elsewhere.submit((Callable<Long>) call);
            gate.awaitArrivals(1);
            Future<Long> nearby = Fleche.wrap(threads).submit((Callable<Long>) call);
            Future<Long> second = elsewhere.submit((Callable<Long>) call);
            Future<Long> here = threads.submit(() -> memo.apply(gate.port()));

            gate.open();

            long pid = first.get();
            assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(List.of(nearby.get(), second.get(), here.get())).containsOnly(pid);
        } finally {
            threads.shutdownNow();
        }
    }
}
