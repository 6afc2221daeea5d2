package dev.fleche;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Results of calls on their way from one process to another. */
final class SentResults {

    private SentResults() {}

    /** Returns a result as encoded bytes, or that of a future; empty if it cannot be encoded. */
    static Optional<Value> encode(Profile profile, @Nullable Object result) {
        if (profile.future() != null && result == null) {
            // no value that a future yields stands for the lack of one
            return Optional.empty();
        }
        Object value = profile.future() == null ? result : valueOf(profile, result);
        try {
            return Optional.of(Codecs.standard().encode(value, profile.context(), Integer.MAX_VALUE));
        } catch (CodecException e) {
            // who sends it has other ways
            return Optional.empty();
        }
    }

    private static @Nullable Object valueOf(Profile profile, @Nullable Object result) {
        Future<?> future =
                result instanceof CompletionStage<?> stage ? stage.toCompletableFuture() : (Future<?>) result;
        if (future == null || !future.isDone()) {
            throw new IllegalArgumentException("expected a completed future of " + profile.label()
                    + ", found one that is not complete; encode the result once it is");
        }
        try {
            return Outcomes.get(future);
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalArgumentException(
                    "expected a future of " + profile.label() + " that yields a value, found one that failed: " + e
                            + "; send what it failed with",
                    e);
        }
    }

    /**
     * Returns the result of bytes that {@link #encode} made; of a function that returns futures, a completed one.
     *
     * @throws CodecException if the bytes hold no result of the function
     */
    static @Nullable Object decode(Profile profile, Value value) {
        Object result = Codecs.standard().decode(value, profile.context());
        if (!profile.context().isResult(result)) {
            throw new CodecException("expected a result of " + profile.label() + ", which is a "
                    + profile.context().resultType().getName() + ", found another value"
                    + "; use the same version of the program in all processes");
        }
        return profile.returned(result);
    }
}
