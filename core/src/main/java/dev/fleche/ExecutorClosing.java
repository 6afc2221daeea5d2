package dev.fleche;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes executors on every Java alike.
 *
 * <p>What {@code ExecutorService.close} of Java 19 documents as its default, with one difference: an executor that is
 * still open after it was shut down will never terminate, and is not waited for.
 */
final class ExecutorClosing {

    private ExecutorClosing() {}

    static void close(ExecutorService executor) {
        if (executor instanceof AutoCloseable closeable && hasOwnClose(executor)) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw Sneaky.rethrow(e);
            }
        } else {
            shutDownAndWait(executor);
        }
    }

    /** The default of newer JDKs waits for ever where a shutdown does nothing, as behind a view of the common pool. */
    private static boolean hasOwnClose(ExecutorService executor) {
        try {
            return executor.getClass().getMethod("close").getDeclaringClass() != ExecutorService.class;
        } catch (NoSuchMethodException e) {
            // an AutoCloseable has one; a native image may not know of it
            return true;
        }
    }

    private static void shutDownAndWait(ExecutorService executor) {
        if (executor.isTerminated()) {
            return;
        }
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = !executor.isShutdown() || executor.isTerminated();
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                if (!interrupted) {
                    executor.shutdownNow();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
