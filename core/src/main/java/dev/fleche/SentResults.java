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

    /**
     * Waits for the value of a body, to the end of its future if the function returns one.
     *
     * <p>What the future fails with is thrown; an interrupt cancels it.
     */
    static @Nullable Object await(Profile profile, @Nullable Object returned) throws Exception {
        if (profile.future() == null) {
            return returned;
        }
        Future<?> future = future(profile, returned);
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw Sneaky.rethrow(e.getCause() != null ? e.getCause() : e);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    /** Returns what a function of futures has returned as a future that can be asked. */
    private static Future<?> future(Profile profile, @Nullable Object returned) {
        if (returned == null) {
            throw new NullPointerException("expected a future from " + profile.label() + ", found null");
        }
        // stages first: a minimal one is a Future too, and refuses to be asked
        return returned instanceof CompletionStage<?> stage ? stage.toCompletableFuture() : (Future<?>) returned;
    }

    /** Returns a result as encoded bytes, or that of a future; empty if it cannot be encoded. */
    static Optional<Value> encode(Profile profile, @Nullable Object result) {
        if (profile.future() != null && result == null) {
            // no value that a future yields stands for the lack of one
            return Optional.empty();
        }
        return encodeValue(profile, profile.future() == null ? result : valueOf(profile, result));
    }

    /** Returns a result, or what its future has yielded, as encoded bytes; empty if it cannot be encoded. */
    static Optional<Value> encodeValue(Profile profile, @Nullable Object value) {
        try {
            return Optional.of(Codecs.standard().encode(value, profile.context(), CallSteps.MAX_RESULT_BYTES));
        } catch (CodecException e) {
            // who sends it has other ways
            return Optional.empty();
        }
    }

    private static @Nullable Object valueOf(Profile profile, @Nullable Object result) {
        Future<?> future = future(profile, result);
        if (!future.isDone()) {
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
        return profile.returned(decodeValue(profile, value));
    }

    /** Returns what {@link #encodeValue} encoded; bytes that hold no result of the function are refused as well. */
    static @Nullable Object decodeValue(Profile profile, Value value) {
        return checked(profile, Codecs.standard().decode(value, profile.context()));
    }

    /**
     * Returns a result, or what its future has yielded.
     *
     * @throws CodecException if the function returns something else
     */
    static @Nullable Object checked(Profile profile, @Nullable Object value) {
        if (!profile.context().isResult(value)) {
            throw new CodecException("expected a result of " + profile.label() + ", which is a "
                    + profile.context().resultType().getName() + ", found another value"
                    + "; use the same version of the program in all processes");
        }
        return value;
    }
}
