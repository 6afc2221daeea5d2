package dev.fleche;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How futures of executors end, told to who cannot wait for it. */
final class Outcomes {

    private Outcomes() {}

    /**
     * Calls {@code action} once {@code future} has ended, with the result or else with what was thrown.
     *
     * <p>A completion stage calls it itself, at once if it has ended already. For every other future that has not ended
     * a daemon thread waits.
     */
    static <T extends @Nullable Object> void whenEnded(
            Future<T> future, BiConsumer<? super T, ? super @Nullable Throwable> action) {
        if (future instanceof CompletionStage<?>) {
            @SuppressWarnings("unchecked") // a future and a stage of one result
            CompletionStage<T> stage = (CompletionStage<T>) future;
            stage.whenComplete((result, thrown) -> action.accept(result, unwrapped(thrown)));
        } else if (future.isDone()) {
            tell(future, action);
        } else {
            Thread waiter = FutureThreads.thread("fleche-waits-for-remote-call", () -> tell(future, action));
            waiter.start();
        }
    }

    /**
     * Returns a stage that ends as {@code future} does, on which a daemon thread waits if it is none itself.
     *
     * <p>Cancelling the stage cancels the future.
     */
    static <T extends @Nullable Object> CompletionStage<?> stage(Future<T> future) {
        if (future instanceof CompletionStage<?> itself) {
            return itself;
        }
        CompletableFuture<T> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                future.cancel(mayInterruptIfRunning);
                return super.cancel(mayInterruptIfRunning);
            }
        };
        whenEnded(future, (result, thrown) -> {
            if (thrown != null) {
                stage.completeExceptionally(thrown);
            } else {
                stage.complete(result);
            }
        });
        return stage;
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    @SuppressWarnings("NullAway") // no result where something was thrown
    private static <T extends @Nullable Object> void tell(
            Future<T> future, BiConsumer<? super T, ? super @Nullable Throwable> action) {
        T result;
        try {
            result = get(future);
        } catch (ExecutionException e) {
            action.accept(null, e.getCause() != null ? e.getCause() : e);
            return;
        } catch (RuntimeException | Error e) {
            // cancelled, or a future with ways of its own to fail
            action.accept(null, e);
            return;
        }
        action.accept(result, null);
    }

    /** Returns what {@code future} yields once it has ended; an interrupt stays set and ends nothing. */
    static <T extends @Nullable Object> T get(Future<T> future) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
