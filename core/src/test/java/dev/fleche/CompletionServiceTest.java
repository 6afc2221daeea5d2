package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the JDK gives to wrapped executors in place of a call. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompletionServiceTest {

    private final Cache cache = Cache.memory();
    private final ExecutorService single = Executors.newFixedThreadPool(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<ExecutorService> others = new ArrayList<>();

    /** An executor that takes what can be sent to other processes. */
    private static final class Remote extends ThreadPoolExecutor implements RemoteExecutor {
        Remote() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
            return new Stage<>(task);
        }

        @Override
        public void execute(Runnable task) {
            if (!(task instanceof Stage<?>)) {
                throw new RejectedExecutionException(new NotSerializableException(task.toString()));
            }
            super.execute(task);
        }
    }

    private static final class Stage<T> extends CompletableFuture<T> implements RunnableFuture<T> {

        private final Callable<T> task;

        Stage(Callable<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                complete(task.call());
            } catch (Exception e) {
                completeExceptionally(e);
            }
        }
    }

    static int twice(int x) {
        return 2 * x;
    }

    static int fail(int x) {
        throw new IllegalArgumentException("body " + x);
    }

    private static final Memo1<Integer, Integer> TWICE = Fleche.of(CompletionServiceTest::twice);
    private static final Memo1<Integer, Integer> FAIL = Fleche.of(CompletionServiceTest::fail);

    @AfterEach
    void close() {
        release.countDown();
        single.shutdownNow();
        others.forEach(ExecutorService::shutdownNow);
        cache.close();
    }

    private FlecheExecutor blocked() {
        single.execute(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return Fleche.wrap(single);
    }

    private Call<Integer> stored(int x) {
        Call<Integer> call = TWICE.in(cache).on(x);
        call.call();
        return call;
    }

    @Test
    void aCompletionServiceHasAHitAtOnceThoughTheExecutorIsBusy() throws Exception {
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(blocked());

        Future<Integer> miss = service.submit(TWICE.in(cache).on(2));
        Future<Integer> hit = service.submit(stored(1));

        assertThat(service.poll()).isSameAs(hit);
        assertThat(hit.get()).isEqualTo(2);
        assertThat(service.poll()).isNull();
        release.countDown();
        assertThat(service.take()).isSameAs(miss);
        assertThat(miss.get()).isEqualTo(4);
    }

    @Test
    void aTaskOfACompletionServiceThatIsCancelledDoesNotRun() throws Exception {
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(blocked());
        Future<Integer> miss = service.submit(TWICE.in(cache).on(3));

        miss.cancel(true);
        release.countDown();
        single.submit(() -> {}).get();

        assertThat(TWICE.in(cache).contains(3)).isFalse();
    }

    @Test
    void aCompletionServiceMaySendCallsToOtherProcesses() throws Exception {
        Remote remote = new Remote();
        others.add(remote);
        ExecutorCompletionService<Integer> service =
                new ExecutorCompletionService<>(Fleche.wrap((ExecutorService) remote));

        service.submit(stored(4));
        assertThat(service.take().get()).isEqualTo(8);
        service.submit(TWICE.in(cache).on(5));
        assertThat(service.take().get()).isEqualTo(10);
        service.submit(FAIL.in(cache).on(6));
        assertThatThrownBy(service.take()::get).hasRootCauseMessage("body 6");
        service.submit((Callable<Integer> & Serializable) () -> 7);
        assertThat(service.take().get()).isEqualTo(7);

        assertThat(TWICE.in(cache).contains(5)).isTrue();
        remote.shutdown();
        assertThatThrownBy(() -> service.submit(TWICE.in(cache).on(4))).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whatFollowsAHitIsGivenToTheExecutor() throws Exception {
        FlecheExecutor pool = Fleche.wrap(single);
        new ExecutorCompletionService<Integer>(pool).submit(stored(8));
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        pool.execute(() -> thread.complete(Thread.currentThread()));

        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void whatSupplyAsyncGivesToTheExecutorIsLookedUpWhenItRuns() throws Exception {
        FlecheExecutor pool = blocked();
        Call<Integer> hit = stored(9);

        CompletableFuture<Integer> supplied = CompletableFuture.supplyAsync(hit, pool);

        assertThat(hit.start(pool)).isCompletedWithValue(18);
        assertThat(supplied).isNotDone();
        release.countDown();
        assertThat(supplied.get()).isEqualTo(18);
    }
}
