package dev.fleche.processes;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a state that nothing announces. */
final class Until {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Until() {}

    /** Returns once {@code state} holds; fails after a while. */
    static void holds(String what, BooleanSupplier state) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not happen within " + LIMIT + ": " + what);
            }
            Thread.onSpinWait();
        }
    }
}
