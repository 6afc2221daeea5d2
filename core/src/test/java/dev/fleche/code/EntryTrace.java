package dev.fleche.code;

import java.util.BitSet;

/**
 * Which methods of traced classes have been entered; called by rewritten class files. Safe for use by several threads.
 */
public final class EntryTrace {

    private static BitSet entered = new BitSet();
    private static long endNanos;

    private EntryTrace() {}

    /** Notes that the method of this number has been entered. */
    public static synchronized void entered(int number) {
        entered.set(number);
        if (System.nanoTime() - endNanos > 0) {
            throw new OutOfTimeError();
        }
    }

    /**
     * Returns what the body that {@code preparation} makes enters, in this thread and others; what it throws is part of
     * its way.
     */
    static BitSet of(Preparation preparation, long limitNanos) {
        synchronized (EntryTrace.class) {
            endNanos = System.nanoTime() + limitNanos;
        }
        Body body;
        try {
            body = preparation.prepare();
        } catch (Throwable refused) {
            return new BitSet();
        }
        synchronized (EntryTrace.class) {
            entered = new BitSet();
        }
        boolean inTime = true;
        try {
            body.run();
        } catch (Throwable thrown) {
            inTime = !isOutOfTime(thrown);
        }
        synchronized (EntryTrace.class) {
            return inTime ? entered : new BitSet();
        }
    }

    private static boolean isOutOfTime(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof OutOfTimeError) {
                return true;
            }
        }
        return false;
    }

    /** What comes before a body. */
    interface Preparation {
        Body prepare() throws Throwable;
    }

    /** A body to trace. */
    interface Body {
        void run() throws Throwable;
    }

    /** Ends a run that takes too long. */
    private static final class OutOfTimeError extends Error {
        private static final long serialVersionUID = 1;
    }
}
