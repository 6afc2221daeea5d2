package dev.fleche.processes;

import dev.fleche.LostArgumentException;
import dev.fleche.cache.NotCachedException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task of a pool and the future of its result.
 *
 * <p>The future is safe for use by several threads. What the pool notes about the task is guarded by the pool's lock.
 */
final class PoolTask<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Dispatcher dispatcher;
    private final String name;
    private final TaskOptions options;
    private final boolean unwatched;

    // what holds the user's arguments; gone once the future is done, since futures may be kept for long
    private volatile @Nullable Object work;
    private volatile @Nullable Function<@Nullable Object, T> form;
    private volatile @Nullable Supplier<CompletableFuture<T>> resend;

    private volatile @Nullable CompletableFuture<T> resent;
    private @Nullable Payload payload;
    private long number;
    private int crashes;
    private boolean abandoned;
    private boolean over;
    private @Nullable WorkerSlot slot;

    /**
     * Creates a task that no pool knows yet.
     *
     * @param work what the user gave
     * @param payload the same, serialized
     * @param form makes the result of what the worker returned
     * @param unwatched whether nobody has the future, so that a failure has to be logged
     * @param resend sends the task once more without any reference to a cache, or null if there is none in it
     */
    PoolTask(
            Dispatcher dispatcher,
            Object work,
            TaskOptions options,
            Payload payload,
            Function<@Nullable Object, T> form,
            boolean unwatched,
            @Nullable Supplier<CompletableFuture<T>> resend) {
        this.dispatcher = dispatcher;
        this.name = work.getClass().getName();
        this.work = work;
        this.options = options;
        this.payload = payload;
        this.form = form;
        this.unwatched = unwatched;
        this.resend = resend;
    }

    /**
     * Cancels the task: not begun, it never runs; running, it is interrupted if {@code mayInterrupt}, and else goes on,
     * its result dropped.
     */
    @Override
    public boolean cancel(boolean mayInterrupt) {
        if (!isDone()) {
            dispatcher.cancel(this, mayInterrupt);
        }
        CompletableFuture<T> second = resent;
        if (second != null) {
            second.cancel(mayInterrupt);
        }
        boolean cancelled = super.cancel(mayInterrupt);
        letGo();
        return cancelled;
    }

    private void letGo() {
        work = null;
        form = null;
        resend = null;
    }

    /** Completes with what the worker returned. */
    void landed(@Nullable Object value) {
        Function<@Nullable Object, T> maker = form;
        if (maker == null) {
            return; // cancelled meanwhile
        }
        try {
            T result = maker.apply(value);
            letGo();
            complete(result);
        } catch (Throwable e) { // the user's code, or no room for the result
            failed(e);
        }
    }

    /** Completes with what the task threw, or what happened to it. */
    void failed(Throwable thrown) {
        Supplier<CompletableFuture<T>> again =
                thrown instanceof NotCachedException || thrown instanceof LostArgumentException ? resend : null;
        letGo();
        if (again != null) {
            sendAgain(again);
        } else if (completeExceptionally(thrown) && unwatched) {
            // asked for here, since loggers take long to load and a pool starts without them
            System.getLogger("dev.fleche.processes")
                    .log(Level.WARNING, describe() + " failed in a process pool", thrown);
        }
    }

    /** What one process stored for the other is gone meanwhile. */
    private void sendAgain(Supplier<CompletableFuture<T>> again) {
        CompletableFuture<T> second;
        try {
            second = again.get();
        } catch (Throwable e) { // a pool that takes no more, or no room for the arguments
            completeExceptionally(e);
            return;
        }
        resent = second;
        var unused = second.whenComplete((result, thrown) -> {
            if (thrown == null) {
                complete(result);
            } else {
                completeExceptionally(thrown);
            }
        });
        if (isCancelled()) {
            second.cancel(true);
        }
    }

    /** Completes as cancelled by the end of the pool. */
    void stopped() {
        super.cancel(false);
        letGo();
    }

    /** Returns what the user gave as something to run here; empty if the future is done. */
    Optional<Runnable> asRunnable() {
        Object given = work;
        if (given instanceof Runnable runnable) {
            return Optional.of(runnable);
        }
        return given instanceof Callable<?> callable ? Optional.of(() -> callHere(callable)) : Optional.empty();
    }

    private static void callHere(Callable<?> work) {
        try {
            work.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    TaskOptions options() {
        return options;
    }

    /** Returns the serialized task; empty once it is over. */
    Payload payload() {
        return payload == null ? Payload.EMPTY : payload;
    }

    long number() {
        return number;
    }

    void number(long number) {
        this.number = number;
    }

    @Nullable
    WorkerSlot slot() {
        return slot;
    }

    void slot(@Nullable WorkerSlot slot) {
        this.slot = slot;
    }

    /** Notes that a worker crashed while it ran this task, and returns how many have. */
    int crashed() {
        return ++crashes;
    }

    /** Returns whether nobody waits for the result any more. */
    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }

    boolean isOver() {
        return over;
    }

    /** Notes that the pool has done with this task, and lets its bytes go. */
    void end() {
        over = true;
        slot = null;
        payload = null;
    }

    /** Returns what the task is, for messages. */
    String describe() {
        return name;
    }
}
