package dev.fleche.processes;

/**
 * The failure of a task whose worker ended before the task did.
 *
 * <p>The message tells how the worker ended and the last lines that it wrote.
 */
public final class WorkerCrashedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the failure of a task. */
    public WorkerCrashedException(String message) {
        super(message);
    }
}
