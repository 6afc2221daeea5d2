package dev.fleche.processes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a worker ended.
 *
 * @param ready whether it had started, so that it could have run tasks
 * @param lastBegun the task that it began last, or {@link Frame#NO_TASK}
 * @param exitCode the exit code of its process, above 128 for a signal; absent if it had no process
 * @param lastOutput the last lines that it wrote
 * @param reason what happened, in words
 * @param cause what was thrown by the initializer or on the way to the start
 */
record WorkerEnd(
        boolean ready,
        long lastBegun,
        OptionalInt exitCode,
        List<String> lastOutput,
        String reason,
        Optional<Throwable> cause) {}
