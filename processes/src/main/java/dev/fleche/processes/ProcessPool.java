package dev.fleche.processes;

import dev.fleche.Call;
import dev.fleche.Fn1;
import dev.fleche.Memo1;
import dev.fleche.RemoteExecutor;
import dev.fleche.SerializableCallable;
import dev.fleche.SerializableRunnable;
import dev.fleche.transport.CallTransport;
import java.io.ObjectStreamException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An executor whose tasks run in child JVMs.
 *
 * <p>Workers start when there is work for them, several at a time; they are reused, let go when idle, and replaced when
 * they crash. They end within a second when this process does, however it ends. A pool that is forgotten does not keep
 * this process alive.
 *
 * <p>Tasks, arguments and results travel by Java's serialization. A task is serialized when it is submitted, on the
 * submitting thread, so that what happens to its arguments later is of no matter. A task or result that cannot be
 * serialized fails its own future alone. A lambda given to {@code submit} is serializable as far as what it captures
 * is. Memoised calls, {@code pool.submit(memo.on(x))}, take the configuration of their cache along.
 *
 * <p>The queue is unbounded in tasks, but {@code submit} waits while the tasks in it hold more than a quarter of the
 * heap. Futures are {@code CompletableFuture}s; what is chained to them runs on threads of this process. Cancelling one
 * drops a task that has not begun, unless its worker is about to begin it in that very moment; one that runs is
 * interrupted by {@code cancel(true)}, and its worker killed if it does not heed that within
 * {@link ProcessPoolBuilder#cancelGrace}. When a worker ends while it runs a task, that task fails with
 * {@link WorkerCrashedException}, and with it those just done whose results were still on their way.
 *
 * <p>{@link #withTimeLimit} and {@link #withRetriesOnCrash} return views: executors that share workers, queue and life
 * cycle with this one. Safe for use by several threads. Null as a task or argument is a {@code NullPointerException}.
 */
public final class ProcessPool implements RemoteExecutor, AutoCloseable {

    private final Dispatcher dispatcher;
    private final TaskOptions taskOptions;
    private final TaskCodec codec;

    ProcessPool(Dispatcher dispatcher, TaskOptions taskOptions) {
        this.dispatcher = dispatcher;
        this.taskOptions = taskOptions;
        this.codec = dispatcher.options().spec().codec();
    }

    /**
     * Returns a pool of up to {@code workers} workers, everything else as the builder has it.
     *
     * @throws IllegalArgumentException if {@code workers} is not positive
     */
    public static ProcessPool of(int workers) {
        return builder().workers(workers).build();
    }

    /** Returns a builder of pools; it has as many workers as there are processors. */
    public static ProcessPoolBuilder builder() {
        return new ProcessPoolBuilder();
    }

    // views

    /**
     * Returns a view of this pool whose tasks may run for {@code limit}, counted from when a task begins.
     *
     * <p>A task that runs longer fails with {@link TimeoutException}, and its worker is killed and replaced.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public ProcessPool withTimeLimit(Duration limit) {
        return new ProcessPool(dispatcher, taskOptions.withTimeLimit(limit));
    }

    /**
     * Returns a view of this pool whose tasks are run again, up to {@code retries} times, if their worker crashes.
     *
     * <p>They go to the end of the queue. A task that has crashed {@link ProcessPoolBuilder#poisonLimit} workers is not
     * tried again.
     *
     * @throws IllegalArgumentException if {@code retries} is negative
     */
    public ProcessPool withRetriesOnCrash(int retries) {
        return new ProcessPool(dispatcher, taskOptions.withRetriesOnCrash(retries));
    }

    // tasks

    /**
     * Submits a task.
     *
     * <p>This is the overload that lambdas choose, which makes them serializable.
     *
     * @throws RejectedExecutionException if the pool is shut down, its workers cannot start, or the thread is
     *     interrupted while it waits for room in the queue; it is then left interrupted
     */
    public <T extends @Nullable Object> CompletableFuture<T> submit(SerializableCallable<T> task) {
        return submit((Callable<T>) task);
    }

    /**
     * Submits a task without a result.
     *
     * <p>This is the overload that lambdas choose, which makes them serializable.
     *
     * @throws RejectedExecutionException if the pool is shut down, its workers cannot start, or the thread is
     *     interrupted while it waits for room in the queue; it is then left interrupted
     */
    public CompletableFuture<?> submit(SerializableRunnable task) {
        return submit((Runnable) task);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> submit(Callable<T> task) {
        Objects.requireNonNull(task, "task");
        return send(prepare(task));
    }

    /** Submits a task; waits for room in the queue for {@code nanos} at most. */
    <T extends @Nullable Object> CompletableFuture<T> submit(Callable<T> task, long nanos)
            throws InterruptedException, TimeoutException {
        PoolTask<T> prepared = prepare(task);
        if (!prepared.isDone()) {
            dispatcher.submit(prepared, nanos);
        }
        return prepared;
    }

    @SuppressWarnings("unchecked") // the worker ran what returns a T
    private <T extends @Nullable Object> PoolTask<T> prepare(Callable<T> task) {
        return task instanceof Call<T> call ? prepare(call) : prepare(task, returned -> (T) returned, null);
    }

    @Override
    public CompletableFuture<?> submit(Runnable task) {
        return send(prepare(Objects.requireNonNull(task, "task"), returned -> null, null));
    }

    /** Submits a task without a result of its own; {@code result} stays here and is not serialized. */
    @Override
    public <T extends @Nullable Object> CompletableFuture<T> submit(Runnable task, T result) {
        return send(prepare(Objects.requireNonNull(task, "task"), returned -> result, null));
    }

    /**
     * Runs a task that nobody waits for. What it throws is logged as a warning.
     *
     * @throws RejectedExecutionException if the pool is shut down, its workers cannot start, or the task cannot be
     *     serialized
     */
    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        try {
            dispatcher.submit(new PoolTask<@Nullable Object>(
                    dispatcher, task, taskOptions, codec.encode(task), returned -> null, true, null));
        } catch (ObjectStreamException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        }
    }

    /** Large arguments and results travel as addresses; if one is gone at the other end, the call is sent as it is. */
    private <T extends @Nullable Object> PoolTask<T> prepare(Call<T> call) {
        Function<@Nullable Object, T> form = returned -> CallResult.decode(call, returned);
        return prepare(
                CallTransport.of(call).withStoredArguments(CallResult.MIN_STORED_BYTES),
                form,
                () -> send(prepare(new CallResult.Inline<>(call), form, null)));
    }

    /** Returns a task to be sent; one that cannot be serialized has failed already. */
    private <T extends @Nullable Object> PoolTask<T> prepare(
            Object work, Function<@Nullable Object, T> form, @Nullable Supplier<CompletableFuture<T>> resend) {
        Payload payload = Payload.EMPTY;
        ObjectStreamException trouble = null;
        try {
            payload = codec.encode(work);
        } catch (ObjectStreamException e) {
            trouble = e;
        }
        PoolTask<T> task = new PoolTask<>(dispatcher, work, taskOptions, payload, form, false, resend);
        if (trouble != null) {
            dispatcher.requireRunning();
            task.failed(trouble);
        }
        return task;
    }

    private <T extends @Nullable Object> PoolTask<T> send(PoolTask<T> task) {
        if (!task.isDone()) {
            dispatcher.submit(task);
        }
        return task;
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return new Batch<>(this, tasks).all();
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return new Batch<>(this, tasks).all(unit.toNanos(timeout));
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return new Batch<>(this, tasks).any();
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return new Batch<>(this, tasks).any(unit.toNanos(timeout));
    }

    // elements

    /**
     * Returns what {@code function} returns for each of {@code elements}, in their order.
     *
     * <p>Several elements travel together, as many as take some milliseconds by what has been measured so far. Blocks
     * until all are done.
     *
     * @throws ElementFailedException if an element fails; it names the first one, and the others are cancelled
     */
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            Fn1<? super A, ? extends R> function, Collection<? extends A> elements) {
        return new Mapping<A, R>(this, function, ChunkSizes.measured(elements.size(), workers())).list(elements);
    }

    /**
     * Returns what {@code function} returns for each of {@code elements}, in their order.
     *
     * <p>Blocks until all are done.
     *
     * @param chunkSize how many elements travel together
     * @throws ElementFailedException if an element fails; it names the first one, and the others are cancelled
     * @throws IllegalArgumentException if {@code chunkSize} is not positive
     */
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            Fn1<? super A, ? extends R> function, Collection<? extends A> elements, int chunkSize) {
        return new Mapping<A, R>(this, function, ChunkSizes.fixed(chunkSize)).list(elements);
    }

    /**
     * Returns what a memoised function returns for each of {@code elements}, in their order.
     *
     * <p>What is stored is answered here and reaches no worker; the rest is computed by workers and stored, whatever
     * the cache. Blocks until all are done.
     *
     * @throws ElementFailedException if an element fails; it names the first one, and the others are cancelled
     */
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            Memo1<A, R> memo, Collection<? extends A> elements) {
        return new MemoMapping<>(this, Objects.requireNonNull(memo, "memo")).list(elements);
    }

    /**
     * Returns what {@code function} returns for each of {@code elements}, in their order, as a stream to be taken from.
     *
     * <p>Elements are taken from {@code elements} when results are taken from the stream, a bounded number ahead, so it
     * may be endless. The stream should be closed if it is not taken to its end; then what runs is cancelled. It throws
     * {@link ElementFailedException} where an element has failed.
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> stream(
            Fn1<? super A, ? extends R> function, Iterable<? extends A> elements) {
        return new Mapping<A, R>(this, function, ChunkSizes.measured(Long.MAX_VALUE, workers())).stream(elements);
    }

    // life

    /**
     * Starts as many workers as there may be, without work for them.
     *
     * @return a future that completes when all are ready, or fails if they cannot start
     * @throws RejectedExecutionException if the pool is shut down, or its workers cannot start
     */
    public CompletableFuture<@Nullable Void> prestart() {
        return dispatcher.prestart();
    }

    /**
     * Sets how many workers there may be.
     *
     * <p>More start when there is work for them. Of too many, idle ones go first; busy ones go after their task.
     *
     * @throws IllegalArgumentException if {@code workers} is not positive
     */
    public void resize(int workers) {
        dispatcher.resize(Checks.atLeast(1, workers, "number of workers"));
    }

    /** Returns how many workers there may be. */
    public int workers() {
        return dispatcher.target();
    }

    /** Returns what the pool holds and has done. */
    public PoolStats stats() {
        return dispatcher.stats();
    }

    @Override
    public void shutdown() {
        dispatcher.shutdown();
    }

    /**
     * Interrupts the tasks that workers have, and drops the others, whose futures are then cancelled.
     *
     * <p>A worker whose task does not heed its interrupt within {@link ProcessPoolBuilder#cancelGrace} is killed.
     *
     * @return the tasks that no worker had been given; each runs here if it is called, its result then lost
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<PoolTask<?>> never = dispatcher.shutdownNow();
        List<Runnable> runnables =
                never.stream().flatMap(task -> task.asRunnable().stream()).toList();
        never.forEach(PoolTask::stopped);
        return runnables;
    }

    @Override
    public boolean isShutdown() {
        return dispatcher.life().isEnding();
    }

    @Override
    public boolean isTerminated() {
        return dispatcher.life().isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return dispatcher.life().awaitTermination(unit.toNanos(timeout));
    }

    /**
     * Shuts the pool down and waits until all tasks are done and all workers gone.
     *
     * <p>Interrupted while it waits, it stops all tasks as {@link #shutdownNow} does, waits on, and leaves the thread
     * interrupted.
     */
    @Override
    public void close() {
        shutdown();
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                if (!interrupted) {
                    shutdownNow();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what the pool holds, for people. */
    @Override
    public String toString() {
        return "process pool of " + workers() + " workers, " + stats();
    }
}
