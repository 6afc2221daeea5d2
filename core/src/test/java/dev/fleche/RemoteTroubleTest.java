package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.testing.ChildJvm;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors of other processes that end, or do not keep their promises; threads stand for the processes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteTroubleTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile CountDownLatch started = new CountDownLatch(1);
    private static volatile CountDownLatch release = new CountDownLatch(1);

    private final Remote executor = new Remote();
    private final FlecheExecutor pool = Fleche.wrap((ExecutorService) executor);
    private final Cache cache = Cache.memory();

    /** An executor whose futures do not tell when they end. */
    private static class Remote extends ThreadPoolExecutor implements RemoteExecutor {

        Remote() {
            super(8, 8, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    static int failsFirst(int x) throws Exception {
        if (RUNS.getAndIncrement() == 0) {
            started.countDown();
            release.await();
            throw new IllegalStateException("first");
        }
        return x;
    }

    static CompletableFuture<Integer> later(int x) {
        return CompletableFuture.completedFuture(x);
    }

    static int held(int x) throws InterruptedException {
        started.countDown();
        release.await();
        return x;
    }

    private static final Memo1<Integer, Integer> FAILS_FIRST = Fleche.of(RemoteTroubleTest::failsFirst);
    private static final Memo1<Integer, CompletableFuture<Integer>> LATER = Fleche.of(RemoteTroubleTest::later);
    private static final Memo1<Integer, Integer> HELD = Fleche.of(RemoteTroubleTest::held);

    @BeforeEach
    void reset() {
        RUNS.set(0);
        started = new CountDownLatch(1);
        release = new CountDownLatch(1);
    }

    @AfterEach
    void close() {
        release.countDown();
        executor.shutdownNow();
        cache.close();
    }

    @Test
    void aCallThatJoinedAnotherFailsAsThatOneOnceTheExecutorIsShutDown() throws Exception {
        Call<Integer> call = FAILS_FIRST.in(cache).on(1);
        Future<Integer> first = pool.submit((Callable<Integer>) call);
        started.await();
        Future<Integer> second = pool.submit((Callable<Integer>) call);

        pool.shutdown();
        release.countDown();

        assertThatThrownBy(first::get).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(second::get)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("first");
    }

    /** Holds the lock of a call until it may end. */
    static final class Holder {

        public static void main(String[] args) throws Exception {
            var locks = StorageProviders.open(CacheConfig.of("files").with("path", args[0]))
                    .locks();
            System.out.println(locks.tryLock(LATER.digest(1)).isPresent() ? "held" : "not held");
            System.in.read();
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // a future of a future
    void aCallThatWaitedForAnotherProcessSaysWhyItWasNeverSent(@TempDir Path directory) throws Exception {
        try (ChildJvm holder = ChildJvm.start(Holder.class, directory);
                Cache files = Cache.files(directory)) {
            holder.awaitLine("held");
            Future<CompletableFuture<Integer>> future =
                    pool.submit(LATER.in(files).on(1));

            pool.shutdown();
            holder.kill();

            assertThatThrownBy(future::get)
                    .cause()
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("RemoteTroubleTest.later was taken and then had to wait for another computation of the"
                            + " same call, which brought no result; the executor has been shut down meanwhile, so the"
                            + " call was never sent; shut the executor down once its futures are done");
        }
    }

    /** Loses what its tasks return. */
    private static final class Forgetful extends Remote {

        @Override
        public <T> Future<T> submit(Callable<T> task) {
            return super.submit(() -> {
                task.call();
                return null;
            });
        }
    }

    @Test
    void anExecutorThatLosesTheResultIsNamed() {
        release.countDown();
        Forgetful forgetful = new Forgetful();
        try {
            Future<Integer> future = Fleche.wrap((ExecutorService) forgetful)
                    .submit((Callable<Integer>) HELD.in(cache).on(1));

            assertThatThrownBy(future::get)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected the task's own result from " + Forgetful.class.getName()
                            + ", found null; a RemoteExecutor must return what the task returned");
            assertThat(future.isCancelled()).isFalse();
        } finally {
            forgetful.shutdownNow();
        }
    }

    @Test
    void whoWaitsForAFutureThatDoesNotTellInheritsNothing() throws Exception {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        inherited.set("the caller's");
        CompletableFuture<String> seen =
                HELD.in(cache).on(1).start(executor).thenApply(value -> value + " " + inherited.get());
        started.await();

        release.countDown();

        assertThat(seen.get()).isEqualTo("1 null");
    }
}
