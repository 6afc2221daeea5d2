package dev.fleche.processes;

/**
 * The stand-in for what a task threw, where that could not be sent or received.
 *
 * <p>It has the stack trace of the original; its message names the original's class and message, and why it did not
 * come itself.
 */
public final class RemoteTaskException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String className;

    RemoteTaskException(String className, String message, StackTraceElement[] trace) {
        super(message);
        this.className = className;
        setStackTrace(trace);
    }

    /** Returns the name of the class that was thrown. */
    public String className() {
        return className;
    }
}
