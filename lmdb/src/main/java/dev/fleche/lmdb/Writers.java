package dev.fleche.lmdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes that the threads of this process want to make: whoever has the turn makes those of all who wait.
 *
 * <p>So several small changes share a transaction, and one of a single thread waits for nobody. Safe for use by several
 * threads.
 */
final class Writers {

    private static final int MAX_BATCH = 256;

    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Consumer<List<Pending<?>>> commit;

    /** Has no thread while there is nothing to do. */
    private final ThreadPoolExecutor ownThread;

    /** A change and what came of it. */
    static final class Pending<R> {

        private final Change<R> change;
        private @Nullable R made;
        private @Nullable R result;
        private @Nullable RuntimeException failure;
        private boolean done;

        private Pending(Change<R> change) {
            this.change = change;
        }

        boolean isRemoval() {
            return change.isRemoval();
        }

        void make(Change.Target target) {
            made = change.make(target);
        }

        void committed() {
            result = made;
            done = true;
        }

        void failed(RuntimeException e) {
            failure = e;
            done = true;
        }

        private R result() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(result, "what a change returns");
        }
    }

    /** Creates writers whose changes are committed by {@code commit}, which says of each what came of it. */
    Writers(Consumer<List<Pending<?>>> commit) {
        this.commit = commit;
        ownThread = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(null, task, "fleche lmdb writer", 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Makes {@code change} and returns what came of it, once it is committed. */
    <R> R write(Change<R> change) {
        Pending<R> pending = new Pending<>(change);
        waiting.add(pending);
        turn.lock();
        try {
            while (!pending.done) {
                commitWaiting();
            }
        } finally {
            turn.unlock();
        }
        return pending.result();
    }

    /** Runs {@code task} while nobody of this process writes. */
    void exclude(Runnable task) {
        turn.lock();
        try {
            task.run();
        } finally {
            turn.unlock();
        }
    }

    private void commitWaiting() {
        List<Pending<?>> batch = new ArrayList<>();
        for (Pending<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
            if (batch.size() == MAX_BATCH) {
                break;
            }
        }
        boolean answered = false;
        try {
            if (VirtualThreads.isCurrent()) {
                // LMDB's lock belongs to a thread of the operating system, which a virtual one may change
                CompletableFuture.runAsync(() -> commit.accept(batch), ownThread)
                        .join();
            } else {
                commit.accept(batch);
            }
            answered = true;
        } finally {
            if (!answered) {
                batch.stream()
                        .filter(pending -> !pending.done)
                        .forEach(pending -> pending.failed(new IllegalStateException("the change was given up")));
            }
        }
    }
}
