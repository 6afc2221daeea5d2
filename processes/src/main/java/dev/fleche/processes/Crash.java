package dev.fleche.processes;

import java.util.List;

/** The end of a worker that nobody asked for, and what to tell those whose tasks it had. */
record Crash(String worker, WorkerEnd end) {

    /** Returns the failure of the task that the worker ran. */
    WorkerCrashedException failure(PoolTask<?> task, int crashes) {
        return exception(worker + " was lost while it ran " + task.describe() + ": it " + end.reason()
                + (crashes > 1 ? "; it is the last of " + crashes + " that were, so the task is not tried again" : ""));
    }

    /** Returns the failure of all tasks of a pool whose workers cannot start. */
    WorkerCrashedException broken(int failedStarts) {
        return exception("no worker of the pool can start; " + failedStarts + " have failed in a row, the last, "
                + worker + ": " + end.reason());
    }

    private WorkerCrashedException exception(String what) {
        List<String> output = end.lastOutput();
        String message =
                what + (output.isEmpty() ? "; it wrote nothing" : "; its last output:\n" + String.join("\n", output));
        WorkerCrashedException exception = new WorkerCrashedException(message);
        end.cause().ifPresent(exception::initCause);
        return exception;
    }
}
