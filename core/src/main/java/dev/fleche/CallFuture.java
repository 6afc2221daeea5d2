package dev.fleche;

import dev.fleche.record.Lookup;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a submitted call: one class, whether the result was stored or an executor computes it.
 *
 * <p>It does what the executor's own future does. Safe for use by several threads.
 *
 * @param <R> the type of the result
 */
final class CallFuture<R extends @Nullable Object> extends DelegatingFuture<R> {

    private CallFuture(Future<R> future) {
        super(future);
    }

    /** Returns the future of a call that {@code how} runs unless its result is stored. */
    static <R extends @Nullable Object> Future<R> of(Call<R> call, Function<? super Call<R>, ? extends Future<R>> how) {
        return call.find() instanceof Lookup.Hit<R> hit
                ? new CallFuture<>(CompletableFuture.completedFuture(hit.value()))
                : of(how.apply(call));
    }

    /** Returns the future of a call that an executor has taken. */
    static <R extends @Nullable Object> Future<R> of(Future<R> running) {
        return new CallFuture<>(Objects.requireNonNull(running, "the executor returned no future"));
    }

    /** Returns a future that is cancelled before its call was given to an executor. */
    static <R extends @Nullable Object> Future<R> cancelled() {
        CompletableFuture<R> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        return new CallFuture<>(cancelled);
    }

    @Override
    public String toString() {
        return "call in " + future();
    }
}
