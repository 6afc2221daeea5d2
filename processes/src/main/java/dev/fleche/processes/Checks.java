package dev.fleche.processes;

import java.time.Duration;
import java.util.Objects;

/** Checks of arguments, with messages that name what was expected and found. */
final class Checks {

    private Checks() {}

    static int atLeast(int least, int value, String what) {
        if (value < least) {
            throw new IllegalArgumentException("the " + what + " must be at least " + least + " but is " + value);
        }
        return value;
    }

    static Duration positive(Duration value, String what) {
        Objects.requireNonNull(value, what);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("the " + what + " must be positive but is " + value);
        }
        return value;
    }

    static Duration notNegative(Duration value, String what) {
        Objects.requireNonNull(value, what);
        if (value.isNegative()) {
            throw new IllegalArgumentException("the " + what + " must not be negative but is " + value);
        }
        return value;
    }
}
