package dev.fleche.processes;

/**
 * A note on a throwable that its stack trace is that of another process.
 *
 * <p>It is attached as suppressed, so that class, message and cause stay what the task threw.
 */
final class RemoteTrace extends Throwable {

    private static final long serialVersionUID = 1;

    private RemoteTrace(String message) {
        super(message, null, false, false);
    }

    static void attach(Throwable thrown, int worker, long pid, long task) {
        if (task == Frame.NO_TASK) {
            return;
        }
        thrown.addSuppressed(new RemoteTrace("thrown by task " + task + " in worker " + worker + ", process " + pid));
    }
}
