package dev.fleche;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An executor that answers stored calls at once, and whose tasks see the scope of the thread that submitted them.
 *
 * <p>Made by {@link Fleche#wrap(ExecutorService)}; the tasks run in the executor that was wrapped. A submitted
 * {@link Call} that is stored returns a completed future, and nothing is given to that executor; any other call is
 * given to it and keeps its own binding. Every other task is bound first, as by {@link Fleche#bind(Callable)}. The
 * look-up happens on the submitting thread, which for it makes the key and reads the storage. Trouble with it is no
 * hit, and is reported when the call runs. All this holds for an {@code ExecutorCompletionService} on this executor,
 * too. But what {@code CompletableFuture.supplyAsync} and the like give to {@link #execute} does not show the call that
 * it makes: it is looked up when its turn comes. {@link Call#start} looks up first.
 *
 * <p>In all else this is the executor that was wrapped: its threads, limits, rejections, interruptions and shutdown.
 * One that is shut down gets every task and rejects it in its own way, hits too. Two wrappers of one executor are
 * equal, and it does not matter which one is used. Tasks reach the executor as objects of ours, and so do those that
 * {@link #shutdownNow} returns, which may be run; an executor that looks at the class of its tasks is served by
 * {@link Call#submit}.
 *
 * <p>Futures of calls are of one class, stored or not; those of other tasks are the wrapped executor's own.
 *
 * <p>Safe for use by several threads.
 */
public sealed interface FlecheExecutor extends ExecutorService, AutoCloseable
        permits FlecheScheduledExecutor, WrappedExecutor {

    /** Returns the executor that was wrapped. */
    ExecutorService unwrap();

    /** Submits a task that can be sent to another process; a lambda given to this executor is one. */
    <T extends @Nullable Object> Future<T> submit(SerializableCallable<T> task);

    /** Submits a task that can be sent to another process; a lambda given to this executor is one. */
    Future<?> submit(SerializableRunnable task);

    /** Submits a task that can be sent to another process; a lambda given to this executor is one. */
    <T extends @Nullable Object> Future<T> submit(SerializableRunnable task, T result);

    /**
     * Shuts the wrapped executor down and waits until its tasks have ended.
     *
     * <p>By the executor's own way to close, if it has one. An executor that stays open when it is shut down, such as
     * the common pool, is not waited for. An interrupt while waiting interrupts the running tasks, drops those that
     * have not begun, and stays set. Idempotent.
     */
    @Override
    void close();
}
