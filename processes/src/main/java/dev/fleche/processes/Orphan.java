package dev.fleche.processes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of a worker that has lost its parent.
 *
 * <p>The end of the connection tells it at once. A thread asks for the parent as well, twice a second, in case that
 * native code of the parent has left the connection to another process.
 */
final class Orphan extends Thread {

    /** The exit code of a worker that has come to a state in which it can tell no more than this. */
    static final int OUT_OF_ORDER = 86;

    private static final int EXIT_CODE = 1;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private Orphan() {
        super("fleche parent watch");
        setDaemon(true);
    }

    /** Begins to watch over the parent. */
    static void watch() {
        new Orphan().start();
    }

    /** Ends this process and those that it has started. */
    static void end() {
        try {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /**
     * Ends this process at once, for want of anything better; allocates nothing.
     *
     * <p>Without one of its threads it would go on for ever, and its tasks with it.
     */
    static void halt() {
        Runtime.getRuntime().halt(OUT_OF_ORDER);
    }

    @Override
    public void run() {
        try {
            long parent = parent();
            while (isStill(parent)) {
                LockSupport.parkNanos(this, PERIOD_NANOS);
            }
            end();
        } catch (Throwable e) {
            halt();
        }
    }

    private static boolean isStill(long parent) {
        try {
            return parent() == parent;
        } catch (OutOfMemoryError e) {
            return true; // a task may fill the heap and get over it; its end is told by the connection as well
        }
    }

    /** An orphan gets another parent; a parent that is a zombie has closed its connection. */
    private static long parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
    }
}
