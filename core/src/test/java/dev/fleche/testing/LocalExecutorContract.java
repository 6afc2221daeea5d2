package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.RemoteExecutor;
import dev.fleche.Scope;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What holds of every executor under {@code Fleche.wrap} whose tasks run in threads of this process. */
public abstract class LocalExecutorContract extends FlecheExecutorContract {

    private static final Map<Integer, Gate> GATES = new ConcurrentHashMap<>();

    /** A body that says when it runs and stays until it is let go. */
    protected static final class Gate {
        public final int number = fresh();
        public final AtomicInteger runs = new AtomicInteger();
        public final CountDownLatch entered = new CountDownLatch(1);
        public final CountDownLatch open = new CountDownLatch(1);
        public final CountDownLatch interrupted = new CountDownLatch(1);

        Gate() {
            GATES.put(number, this);
        }
    }

    static int pass(int number) throws InterruptedException {
        Gate gate = GATES.get(number);
        gate.runs.incrementAndGet();
        gate.entered.countDown();
        try {
            gate.open.await();
        } catch (InterruptedException e) {
            gate.interrupted.countDown();
            throw e;
        }
        return number;
    }

    protected static final Memo1<Integer, Integer> PASS = Fleche.of(LocalExecutorContract::pass);

    /** Returns whether cancelling a task interrupts it; a fork/join task is not. */
    protected boolean interruptsWhenCancelled() {
        return true;
    }

    /** Returns whether there is more than one thread. */
    protected boolean isParallel() {
        return true;
    }

    private Call<Integer> call(Gate gate) {
        return PASS.in(cache).on(gate.number);
    }

    @Test
    void cancellingInterruptsTheBody() throws Exception {
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();

        assertThat(future.cancel(true)).isTrue();

        assertThat(future.isCancelled()).isTrue();
        assertThat(future.isDone()).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        if (interruptsWhenCancelled()) {
            gate.interrupted.await();
        }
        gate.open.countDown();
    }

    @Test
    void aTimedGetTimesOutAndTheBodyGoesOn() throws Exception {
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();

        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(future.isDone()).isFalse();
        gate.open.countDown();

        assertThat(future.get()).isEqualTo(gate.number);
    }

    @Test
    void aWaitingGetIsInterruptible() throws Exception {
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();

        Thread.currentThread().interrupt();

        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
        gate.open.countDown();
        assertThat(future.get()).isEqualTo(gate.number);
    }

    @Test
    void invokeAllCancelsWhatTheTimeLimitCutsOff() throws Exception {
        Gate gate = new Gate();
        Call<Integer> hit = square();
        hit.call();

        List<Future<Integer>> futures = pool.invokeAll(List.of(hit, call(gate)), 20, TimeUnit.MILLISECONDS);
        gate.open.countDown();

        assertThat(futures.get(0).get()).isEqualTo(hit.load());
        assertThat(futures.get(1).isCancelled()).isTrue();
    }

    @Test
    void anInterruptedInvokeAllCancelsItsTasks() throws Exception {
        Gate gate = new Gate();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                pool.invokeAll(List.of(call(gate)));
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        waiter.start();
        gate.entered.await();

        waiter.interrupt();
        waiter.join();

        if (interruptsWhenCancelled()) {
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            gate.interrupted.await();
        } else {
            // who waits for a fork/join task may run it, and then it is the body that is interrupted
            assertThat(thrown.get() != null || gate.interrupted.getCount() == 0).isTrue();
        }
        gate.open.countDown();
    }

    @Test
    void invokeAnyTimesOut() throws Exception {
        Gate gate = new Gate();

        assertThatThrownBy(() -> pool.invokeAny(List.of(call(gate)), 5, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        gate.open.countDown();
    }

    @Test
    void invokeAnyTakesAHitAlthoughOthersWouldStillRun() throws Exception {
        Gate gate = new Gate();
        Call<Integer> hit = square();
        hit.call();

        assertThat(pool.invokeAny(List.of(call(gate), hit))).isEqualTo(hit.load());

        assertThat(gate.runs).hasValue(0);
    }

    @Test
    void eightThreadsOnOneColdKeyRunOneBody() throws Exception {
        Gate gate = new Gate();
        gate.open.countDown();
        Queue<Integer> results = new ConcurrentLinkedQueue<>();

        Threads.inParallel(8, i -> {
            try {
                results.add(pool.submit(call(gate)).get());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(results).hasSize(8).containsOnly(gate.number);
        assertThat(gate.runs).hasValue(1);
    }

    @Test
    void cancellingOneOfTwoEqualSubmissionsLeavesTheOther() throws Exception {
        Gate gate = new Gate();
        Future<Integer> first = pool.submit(call(gate));
        gate.entered.await();
        Future<Integer> second = pool.submit(call(gate));

        assertThat(second.cancel(true)).isTrue();
        gate.open.countDown();

        assertThat(first.get()).isEqualTo(gate.number);
    }

    @Test
    void aCompletionServiceDeliversHitsAndMisses() throws Exception {
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool);
        Call<Integer> hit = square();
        hit.call();
        Call<Integer> miss = square();

        service.submit(hit);
        service.submit(miss);

        assertThat(List.of(service.take().get(), service.take().get()))
                .containsExactlyInAnyOrder(hit.load(), miss.load());
    }

    @Test
    void supplyAsyncAndExecuteSeeTheScope() throws Exception {
        Call<Integer> call = square();
        CountDownLatch executed = new CountDownLatch(1);
        int x = fresh() % 40_000;
        try (Scope scope = Fleche.use(cache)) {
            pool.execute(() -> {
                SQUARE.apply(x);
                executed.countDown();
            });
        }

        assertThat(CompletableFuture.supplyAsync(call, pool).get()).isEqualTo(call.load());
        executed.await();
        assertThat(SQUARE.in(cache).contains(x)).isTrue();
    }

    @Test
    void cancellingAStartedCallInterruptsItsBody() throws Exception {
        Gate gate = new Gate();
        CompletableFuture<Integer> future = call(gate).start(pool);
        gate.entered.await();

        assertThat(future.cancel(true)).isTrue();

        gate.interrupted.await();
        assertThat(future.isCancelled()).isTrue();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void aStartedCallCancelledWithoutInterruptRunsOnAndIsStored() throws Exception {
        if (executor instanceof RemoteExecutor) {
            // nobody waits for its result
            return;
        }
        Gate gate = new Gate();
        Call<Integer> call = call(gate);
        CompletableFuture<Integer> future = call.start(pool);
        gate.entered.await();

        assertThat(future.cancel(false)).isTrue();
        gate.open.countDown();

        assertThat(call.call()).isEqualTo(gate.number);
        assertThat(gate.runs).hasValue(1);
    }

    @Test
    void awaitTerminationSaysWhetherAllHasEnded() throws Exception {
        if (!canShutDown()) {
            return;
        }
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();

        pool.shutdown();

        assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(pool.isTerminated()).isFalse();
        gate.open.countDown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(future.get()).isEqualTo(gate.number);
    }

    @Test
    void shutdownNowInterruptsWhatRuns() throws Exception {
        if (!canShutDown()) {
            return;
        }
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();

        pool.shutdownNow();

        gate.interrupted.await();
        assertThatThrownBy(future::get)
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).hasRootCauseInstanceOf(InterruptedException.class),
                        thrown -> assertThat(thrown).isInstanceOf(CancellationException.class));
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void closingWaitsForWhatRuns() throws Exception {
        if (!canShutDown()) {
            return;
        }
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();
        Thread closer = new Thread(pool::close);
        closer.start();
        while (!executor.isShutdown()) {
            Thread.onSpinWait();
        }

        assertThat(closer.isAlive()).isTrue();
        gate.open.countDown();
        closer.join();

        assertThat(future.get()).isEqualTo(gate.number);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void anInterruptWhileClosingInterruptsTheTasksAndStays() throws Exception {
        if (!canShutDown()) {
            return;
        }
        Gate gate = new Gate();
        Future<Integer> future = pool.submit(call(gate));
        gate.entered.await();

        Thread.currentThread().interrupt();
        pool.close();

        assertThat(Thread.interrupted()).isTrue();
        gate.interrupted.await();
        assertThatThrownBy(future::get).isInstanceOfAny(ExecutionException.class, CancellationException.class);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void aTaskMayUseTheWrappedExecutorItself() throws Exception {
        if (!isParallel()) {
            return;
        }
        Call<Integer> inner = square();
        Callable<Integer> outer = () -> pool.submit(inner).get() + 1;

        assertThat(pool.submit(outer).get()).isEqualTo(inner.load() + 1);
    }
}
