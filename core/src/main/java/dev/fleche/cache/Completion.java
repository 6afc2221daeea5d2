package dev.fleche.cache;

import dev.fleche.digest.FunctionId;

/** Whether a prepared call has ended, and how. Not thread-safe; confined to one call. */
final class Completion {

    private enum State {
        OPEN,
        COMMITTED,
        ABANDONED
    }

    private final FunctionId function;
    private State state = State.OPEN;

    Completion(FunctionId function) {
        this.function = function;
    }

    /** Ends the call by a commit, or throws if it has ended. */
    void commit() {
        if (state != State.OPEN) {
            throw new IllegalStateException("the call of " + function + " was "
                    + (state == State.COMMITTED ? "committed" : "abandoned") + " before; prepare it again");
        }
        state = State.COMMITTED;
    }

    /** Ends the call without a commit, and returns whether it was still open. */
    boolean abandon() {
        boolean wasOpen = state == State.OPEN;
        if (wasOpen) {
            state = State.ABANDONED;
        }
        return wasOpen;
    }
}
