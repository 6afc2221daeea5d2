package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way to a process that cannot open its cache: there it runs and keeps nothing.
 *
 * <p>Immutable, as far as the arguments are.
 *
 * @param <R> the type of the result
 */
final class SentCall<R extends @Nullable Object> implements SerializableCallable<SentCall.Answer<R>> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // a call is sent in a form of its own
    private final Call<R> call;

    SentCall(Call<R> call) {
        this.call = withoutCache(call);
    }

    /** Returns the call that runs there. */
    Call<R> sent() {
        return call;
    }

    /** Returns whether another process can open {@code cache}. */
    static boolean travels(Cache cache) {
        return cache.config().filter(config -> !config.isLocal()).isPresent();
    }

    /** Returns a call that runs the body; the calls nested in it see the scope's cache where that one travels. */
    static <R extends @Nullable Object> Call<R> withoutCache(Call<R> call) {
        Context context = call.context();
        return new Call<>(
                call.memo().in(Cache.voidCache()),
                call.arguments(),
                travels(context.activeCache()) ? context : context.withCache(Cache.voidCache()));
    }

    /** Runs the body; the key is made before it can change the arguments. */
    @Override
    public Answer<R> call() {
        String key = key();
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        R result = call.call();
        return Answer.of(result, call.memo().profile().context(), new Run(key, start, System.nanoTime() - startNanos));
    }

    private String key() {
        try {
            return call.digest().toString();
        } catch (Exception | LinkageError | StackOverflowError e) {
            // Who sent the call has made a key of the same arguments; where that fails here, nothing is stored there.
            return "";
        }
    }

    /**
     * What happened to the call.
     *
     * @param key the key of the arguments that arrived
     * @param start when the body started
     * @param wallNanos how long it ran
     */
    private record Run(String key, Instant start, long wallNanos) implements Serializable {}

    /**
     * The result on its way back: encoded, since a result that can be stored need not be serializable; or else as it
     * is.
     *
     * @param <R> the type of the result
     */
    static final class Answer<R extends @Nullable Object> implements Serializable {

        private static final long serialVersionUID = 1;

        private final byte @Nullable [] encoded;

        @SuppressWarnings("serial") // if it cannot be sent, the sender of results says so
        private final @Nullable Object plain;

        private final Run run;

        private Answer(byte @Nullable [] encoded, @Nullable Object plain, Run run) {
            this.encoded = encoded;
            this.plain = plain;
            this.run = run;
        }

        private static <R extends @Nullable Object> Answer<R> of(R result, TypeContext context, Run run) {
            try {
                Value value = Codecs.standard().encode(result, context, SealedCall.MAX_RESULT_BYTES);
                return new Answer<>(value.encoded(), null, run);
            } catch (CodecException e) {
                // Whoever wants to store it meets the same trouble, and reports it there.
                return new Answer<>(null, result, run);
            }
        }

        /** Returns the result. */
        @SuppressWarnings({"unchecked", "NullAway"}) // it is what the body returned; R says if null
        R result(TypeContext context) {
            return (R) (encoded == null ? plain : Codecs.standard().decode(Value.ofEncoded(encoded), context));
        }

        String key() {
            return run.key;
        }

        Instant start() {
            return run.start;
        }

        Duration wallTime() {
            return Duration.ofNanos(run.wallNanos);
        }
    }
}
