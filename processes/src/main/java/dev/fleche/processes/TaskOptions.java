package dev.fleche.processes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is chosen for each task; null is no time limit. Immutable. */
record TaskOptions(@Nullable Duration timeLimit, int retriesOnCrash) {

    static final TaskOptions DEFAULT = new TaskOptions(null, 0);

    TaskOptions withTimeLimit(Duration limit) {
        return new TaskOptions(Checks.positive(limit, "time limit"), retriesOnCrash);
    }

    TaskOptions withRetriesOnCrash(int retries) {
        return new TaskOptions(timeLimit, Checks.atLeast(0, retries, "number of retries"));
    }
}
