package dev.fleche;

import dev.fleche.codec.Value;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What an {@link AsyncInvocation} runs. Immutable; may be started on any thread. */
interface AsyncBody {

    /** Starts it, and returns its future: a {@link CompletionStage} or a {@link Future}. */
    @Nullable
    Object start() throws Exception;

    /**
     * Starts it for a caller who has his future already.
     *
     * @param failure how the body ended for which the caller has waited; null if that is not known
     */
    default @Nullable Object startLate(@Nullable Throwable failure) throws Exception {
        return start();
    }

    /**
     * Returns the value that is remembered, given what the future brought, and notes in {@code steps} how long it took.
     *
     * <p>What is thrown here is an exception of the body.
     */
    @Nullable
    Object value(@Nullable Object brought, CallSteps steps);

    /** Returns that value as it came encoded, or null if it did not. */
    default @Nullable Value encoded(@Nullable Object brought) {
        return null;
    }

    /** Returns whether {@code brought} was computed from the arguments of which {@code steps} made the key. */
    boolean isOfKey(@Nullable Object brought, CallSteps steps);

    /** Returns whether it needs no thread of this process, so that none can wait for itself in it. */
    boolean isElsewhere();

    /** Returns what a caller's future is completed with: the value, or what the function returns in its place. */
    @Nullable
    Object result(@Nullable Object value);

    /** The body of a function that returns a future, which is run here. */
    final class Local implements AsyncBody {

        private final Memo<?> memo;
        private final @Nullable Object[] arguments;

        Local(Memo<?> memo, @Nullable Object[] arguments) {
            this.memo = memo;
            this.arguments = arguments;
        }

        @Override
        public @Nullable Object start() throws Exception {
            return memo.run(arguments);
        }

        @Override
        public @Nullable Object value(@Nullable Object brought, CallSteps steps) {
            steps.stopClock();
            return brought;
        }

        @Override
        public boolean isOfKey(@Nullable Object brought, CallSteps steps) {
            return true;
        }

        @Override
        public boolean isElsewhere() {
            return false;
        }

        @Override
        public @Nullable Object result(@Nullable Object value) {
            return value;
        }
    }
}
