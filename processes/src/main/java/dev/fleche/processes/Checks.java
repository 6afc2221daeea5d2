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

    static String variableName(String name) {
        if (Objects.requireNonNull(name, "name").isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of an environment variable must not be empty, nor hold '=' or"
                    + " a zero, but is \"" + name + "\"");
        }
        return name;
    }

    static String variableValue(String value) {
        if (Objects.requireNonNull(value, "value").indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the value of an environment variable must not hold a zero but is \"" + value + "\"");
        }
        return value;
    }

    static String notSuspending(String option) {
        if (AgentOptions.waitsForDebugger(Objects.requireNonNull(option, "option"))) {
            throw new IllegalArgumentException("a worker that waits for a debugger before it starts would outlive this"
                    + " program; add suspend=n to " + option);
        }
        return option;
    }
}
