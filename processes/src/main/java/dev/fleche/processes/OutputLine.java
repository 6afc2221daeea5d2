package dev.fleche.processes;

import java.util.OptionalLong;

/**
 * A line that a worker wrote.
 *
 * @param worker the number of the worker
 * @param task the number of the task that ran; absent for what native code or the JVM itself wrote
 * @param error whether it was written to the error stream
 * @param text the line, without its end; a very long one comes in pieces
 */
public record OutputLine(int worker, OptionalLong task, boolean error, String text) {

    @Override
    public String toString() {
        String from = task.isPresent()
                ? "[worker " + worker + ", task " + task.getAsLong() + "] "
                : "[worker " + worker + "] ";
        return from + text;
    }
}
