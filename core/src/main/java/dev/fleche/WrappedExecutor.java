package dev.fleche;

import dev.fleche.record.Lookup;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An executor with look-up before and binding around its tasks; without a state of its own. */
sealed class WrappedExecutor extends AbstractExecutorService implements FlecheExecutor
        permits WrappedScheduledExecutor {

    /* How a completion service gets its hits.
     *
     * An ExecutorCompletionService gives a task of its own to execute(), in which there is no call to be seen. But
     * it asks an AbstractExecutorService to make the future that is in there, just before and on the same thread.
     * One that is done by then, or elsewhere, is noted here, and the next task of the thread is not given to the
     * executor if it names it. Should a JDK do otherwise, the call is looked up when it runs.
     */
    private static final ThreadLocal<@Nullable StartedTask<?>> STARTED = new ThreadLocal<>();

    private final ExecutorService delegate;

    WrappedExecutor(ExecutorService delegate) {
        this.delegate = delegate;
    }

    /** Wraps an executor, as what it is at run time. */
    static FlecheExecutor of(ExecutorService executor) {
        if (executor instanceof FlecheExecutor wrapped) {
            return wrapped;
        }
        return executor instanceof ScheduledExecutorService scheduled
                ? new WrappedScheduledExecutor(scheduled)
                : new WrappedExecutor(executor);
    }

    @Override
    public ExecutorService unwrap() {
        return delegate;
    }

    @Override
    protected final <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> task) {
        boolean isLookedUp = task instanceof Call<?> && !delegate.isShutdown();
        Lookup<T> found =
                isLookedUp ? ((Call<T>) task).within(Context.current()).find() : Lookup.absent();
        if (found instanceof Lookup.Hit<T> hit) {
            return started(CompletableFuture.completedFuture(hit.value()));
        }
        if (delegate instanceof RemoteExecutor) {
            return started(task instanceof Call<T> call ? send(call) : delegate.submit(bound(task)));
        }
        return super.newTaskFor(bound(task));
    }

    private static <T extends @Nullable Object> RunnableFuture<T> started(Future<T> future) {
        StartedTask<T> started = new StartedTask<>(future);
        STARTED.set(started);
        return started;
    }

    @Override
    public final void execute(Runnable task) {
        StartedTask<?> started = STARTED.get();
        if (started != null) {
            STARTED.remove();
            if (task instanceof FutureTask<?> && task.toString().contains(started.toString())) {
                started.thenRun(task);
                return;
            }
        }
        delegate.execute(bound(task));
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        if (task instanceof Call<T> call) {
            return submitCall(call.within(Context.current()));
        }
        return delegate.submit(bound(task));
    }

    /** Returns {@code task} bound; a call is bound already, and at most joins a rerun that is under way. */
    final <T extends @Nullable Object> Callable<T> bound(Callable<T> task) {
        Objects.requireNonNull(task, "task");
        return task instanceof Call<T> call ? sendable(call.within(Context.current())) : BoundTask.bind(task, scope());
    }

    /** Returns {@code task} bound. */
    final Runnable bound(Runnable task) {
        return BoundTask.bind(Objects.requireNonNull(task, "task"), scope());
    }

    /** Returns what a task takes along of its submitter's scope: to another process, nothing that cannot go there. */
    private UnaryOperator<Context> scope() {
        return delegate instanceof RemoteExecutor ? Context::sendable : Context::frozen;
    }

    private <T extends @Nullable Object> Call<T> sendable(Call<T> call) {
        return call.in(scope().apply(call.context()));
    }

    private <T extends @Nullable Object> Future<T> submitCall(Call<T> call) {
        // One that is shut down rejects in its own way, whatever is stored.
        return delegate.isShutdown() ? CallFuture.of(send(call)) : CallFuture.of(call, this::send);
    }

    /** Gives a call to the executor, and returns a future that is not yet the same on hit and miss. */
    final <T extends @Nullable Object> Future<T> send(Call<T> call) {
        Call<T> here = call.within(Context.current());
        Future<T> future =
                isStoredHere(here) ? RemoteBody.submit(here, delegate) : delegate.submit((Callable<T>) sendable(here));
        return Objects.requireNonNull(future, "the executor returned no future");
    }

    /** Returns whether the result has to be stored by this process, because no other one can. */
    final boolean isStoredHere(Callable<?> task) {
        return delegate instanceof RemoteExecutor
                && task instanceof Call<?> call
                && RemoteBody.concerns(call)
                && !delegate.isShutdown();
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(SerializableCallable<T> task) {
        return submit((Callable<T>) task);
    }

    @Override
    public final Future<?> submit(Runnable task) {
        return delegate.submit(bound(task));
    }

    @Override
    public final Future<?> submit(SerializableRunnable task) {
        return submit((Runnable) task);
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return delegate.submit(bound(task), result);
    }

    @Override
    public final <T extends @Nullable Object> Future<T> submit(SerializableRunnable task, T result) {
        return submit((Runnable) task, result);
    }

    @Override
    public final <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return new TaskGroup<T>(this, tasks).invokeAll();
    }

    @Override
    public final <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return new TaskGroup<T>(this, tasks).invokeAll(unit.toNanos(timeout));
    }

    @Override
    public final <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return new TaskGroup<T>(this, tasks).invokeAny();
    }

    @Override
    public final <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return new TaskGroup<T>(this, tasks).invokeAny(unit.toNanos(timeout));
    }

    @Override
    public final void shutdown() {
        delegate.shutdown();
    }

    @Override
    public final List<Runnable> shutdownNow() {
        return delegate.shutdownNow();
    }

    @Override
    public final boolean isShutdown() {
        return delegate.isShutdown();
    }

    @Override
    public final boolean isTerminated() {
        return delegate.isTerminated();
    }

    @Override
    public final boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return delegate.awaitTermination(timeout, unit);
    }

    @Override
    public final void close() {
        ExecutorClosing.close(delegate);
    }

    /** Wrappers of one executor are interchangeable. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof WrappedExecutor wrapped && wrapped.delegate == delegate;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(delegate);
    }

    @Override
    public final String toString() {
        return "wrapped " + Objects.toString(delegate);
    }
}
