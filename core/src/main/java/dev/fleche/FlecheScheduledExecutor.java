package dev.fleche;

import java.util.concurrent.ScheduledExecutorService;

/**
 * A scheduled executor that answers stored calls at once, and whose tasks see the scope of the submitting thread.
 *
 * <p>Made by {@link Fleche#wrap(ScheduledExecutorService)}. A schedule is about time: what is scheduled goes to the
 * wrapped executor bound, and a call is looked up when it runs. Safe for use by several threads.
 */
public sealed interface FlecheScheduledExecutor extends FlecheExecutor, ScheduledExecutorService
        permits WrappedScheduledExecutor {

    /** Returns the executor that was wrapped. */
    @Override
    ScheduledExecutorService unwrap();

    /** Shuts the wrapped executor down and waits until its tasks have ended, as {@link FlecheExecutor#close}. */
    @Override
    void close();
}
