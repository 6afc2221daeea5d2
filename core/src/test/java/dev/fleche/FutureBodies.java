package dev.fleche;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions whose futures a test completes, in the order in which their bodies were started. */
final class FutureBodies {

    static final AtomicInteger RUNS = new AtomicInteger();

    private static final BlockingQueue<CompletableFuture<List<Integer>>> STARTED = new LinkedBlockingQueue<>();

    private FutureBodies() {}

    /** A future that does not tell when it completes. */
    record Opaque<T>(CompletableFuture<T> inner) implements Future<T> {

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return inner.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isCancelled() {
            return inner.isCancelled();
        }

        @Override
        public boolean isDone() {
            return inner.isDone();
        }

        @Override
        public T get() throws java.util.concurrent.ExecutionException, InterruptedException {
            return inner.get();
        }

        @Override
        public T get(long timeout, TimeUnit unit)
                throws java.util.concurrent.ExecutionException, InterruptedException,
                        java.util.concurrent.TimeoutException {
            return inner.get(timeout, unit);
        }
    }

    static CompletableFuture<List<Integer>> completable(int x) {
        RUNS.incrementAndGet();
        CompletableFuture<List<Integer>> future = new CompletableFuture<>();
        STARTED.add(future);
        return future;
    }

    static CompletionStage<List<Integer>> stage(int x) {
        return completable(x).minimalCompletionStage();
    }

    static Future<List<Integer>> future(int x) {
        return new Opaque<>(completable(x));
    }

    static void reset() {
        RUNS.set(0);
        STARTED.clear();
    }

    /** Returns the future of the body that was started next, waiting for it. */
    static CompletableFuture<List<Integer>> next() throws InterruptedException {
        CompletableFuture<List<Integer>> started = STARTED.poll(30, TimeUnit.SECONDS);
        if (started == null) {
            throw new AssertionError("no body was started within 30 s");
        }
        return started;
    }

    static List<Integer> list(Integer... elements) {
        return new ArrayList<>(List.of(elements));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }
}
