package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.codec.Value;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way to a process in which it only runs: its result is kept where it comes from.
 *
 * <p>The calls nested in it use the cache of its scope if that travels. Immutable, as far as the arguments are.
 *
 * @param <R> the type of the result
 */
final class SentCall<R extends @Nullable Object> implements SerializableCallable<SentCall.Answer> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // a call is sent in a form of its own
    private final Call<R> call;

    SentCall(Call<R> call) {
        this.call = new Call<>(
                call.memo().in(Cache.voidCache()),
                call.arguments(),
                call.context().sent());
    }

    /** Returns the call that runs there. */
    Call<R> sent() {
        return call;
    }

    /**
     * Runs the body, to the end of its future if it returns one; the key is made before it can change arguments.
     *
     * <p>Where the cache of the calls nested in it cannot be opened, a memory of this call's own stands for it, or a
     * recursive function would take exponential time.
     */
    @Override
    public Answer call() throws Exception {
        Context context = call.context();
        if (context.activeCache() instanceof TravelledCache scope && scope.failure() != null) {
            try (Cache own = Cache.memory()) {
                return answer(call.in(context.withCache(scope.standIn(own))));
            }
        }
        return answer(call);
    }

    private static <R extends @Nullable Object> Answer answer(Call<R> call) throws Exception {
        Profile profile = call.memo().profile();
        String key = key(call);
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        Object value = SentResults.await(profile, call.call());
        return Answer.of(value, profile, new Run(key, start, System.nanoTime() - startNanos));
    }

    private static String key(Call<?> call) {
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
     */
    static final class Answer implements Serializable {

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

        private static Answer of(@Nullable Object value, Profile profile, Run run) {
            // Whoever wants to store what cannot be encoded meets the same trouble, and reports it there.
            return SentResults.encodeValue(profile, value)
                    .map(encoded -> new Answer(encoded.encoded(), null, run))
                    .orElseGet(() -> new Answer(null, value, run));
        }

        /** Returns the result, or the value of the future that it was. */
        @Nullable
        Object value(Profile profile) {
            Value known = encoded();
            return known == null ? SentResults.checked(profile, plain) : SentResults.decodeValue(profile, known);
        }

        /** Returns the result as it was encoded, or null if it could not be. */
        @Nullable
        Value encoded() {
            return encoded == null ? null : Value.ofEncoded(encoded);
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
