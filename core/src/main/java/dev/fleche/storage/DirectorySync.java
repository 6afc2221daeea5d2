package dev.fleche.storage;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes directories, with the names in them, to the disk.
 *
 * <p>Only a channel can do so in Java, and an interrupt of its thread closes a channel. So threads of ours do it, and
 * callers wait; those who wait for the same directory share one write. Where the system cannot write directories to the
 * disk on request, as on Windows, nothing is done. Safe for use by several threads.
 */
final class DirectorySync implements NameSync {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.storage");

    /** More threads would only queue up in the disk's own queue. */
    private static final int THREADS = 4;

    private static final long IDLE_SECONDS = 10;

    private final Map<Path, Request> waiting = new HashMap<>();
    private final ThreadPoolExecutor threads;
    private volatile boolean unsupported = File.separatorChar == '\\';

    /** The callers who wait for one write of a directory that has not begun. */
    private static final class Request {

        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable IOException failure;

        void end(@Nullable IOException outcome) {
            failure = outcome;
            done.countDown();
        }

        /** Waits, whatever interrupts the thread. */
        void await() throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        done.await();
                        break;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    DirectorySync(Path root) {
        ThreadFactory factory = task -> {
            Thread thread = new Thread(null, task, "fleche sync of " + root, 0, false);
            thread.setDaemon(true);
            // an application's class loader must not be held by a thread that outlives it
            thread.setContextClassLoader(null);
            return thread;
        };
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void force(Path directory) throws IOException {
        if (unsupported) {
            return;
        }
        Request request;
        synchronized (waiting) {
            Request present = waiting.get(directory);
            request = present == null ? ask(directory) : present;
        }
        request.await();
    }

    private Request ask(Path directory) {
        Request request = new Request();
        // which begins only after it is known to others
        threads.execute(() -> run(directory, request));
        waiting.put(directory, request);
        return request;
    }

    private void run(Path directory, Request request) {
        synchronized (waiting) {
            // who comes from here on may have put a name there that this write does not see
            waiting.remove(directory);
        }
        IOException outcome = new IOException("it was not written to the disk");
        try {
            outcome = write(directory);
        } finally {
            request.end(outcome);
        }
    }

    private @Nullable IOException write(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return null;
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("Invalid argument")) {
                return e;
            }
            if (!unsupported) {
                unsupported = true;
                LOGGER.log(
                        Level.WARNING,
                        "the file system of " + directory + " does not write directories to the disk on request; names"
                                + " of files stored last may be lost in a power failure");
            }
            return null;
        }
    }
}
