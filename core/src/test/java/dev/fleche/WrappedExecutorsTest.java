package dev.fleche;

import dev.fleche.testing.LocalExecutorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The contract, for the executors of the JDK and one that is not. */
class WrappedExecutorsTest {

    @Nested
    class Fixed extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return Executors.newFixedThreadPool(4);
        }
    }

    @Nested
    class Cached extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return Executors.newCachedThreadPool();
        }
    }

    /** A view that hides which executor is behind it. */
    @Nested
    class Single extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return Executors.newSingleThreadExecutor();
        }

        @Override
        protected boolean isParallel() {
            return false;
        }
    }

    @Nested
    class Unconfigurable extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return Executors.unconfigurableExecutorService(Executors.newFixedThreadPool(3));
        }
    }

    @Nested
    class Scheduled extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return Executors.newScheduledThreadPool(3);
        }
    }

    @Nested
    class WorkStealing extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return Executors.newWorkStealingPool(4);
        }

        @Override
        protected boolean interruptsWhenCancelled() {
            return false;
        }
    }

    @Nested
    class CommonPool extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return ForkJoinPool.commonPool();
        }

        @Override
        protected boolean interruptsWhenCancelled() {
            return false;
        }

        @Override
        protected boolean canShutDown() {
            return false;
        }

        @Override
        protected boolean isParallel() {
            return ForkJoinPool.getCommonPoolParallelism() > 1;
        }
    }

    /** A view of an executor whose shutdown does nothing; the default close of newer JDKs would never return. */
    @Nested
    class CommonPoolBehindAView extends CommonPool {
        @Override
        protected ExecutorService create() {
            return Executors.unconfigurableExecutorService(ForkJoinPool.commonPool());
        }
    }

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21)
    class Virtual extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("Java 21 has virtual threads", e);
            }
        }
    }

    @Nested
    class ThirdParty extends LocalExecutorContract {
        @Override
        protected ExecutorService create() {
            return new ThreadForEach();
        }
    }

    /** An executor with futures of its own, as a library may have it. */
    private static final class ThreadForEach extends AbstractExecutorService {

        private final List<Thread> threads = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean shutDown;

        private static final class Own<T> extends FutureTask<T> {
            Own(java.util.concurrent.Callable<T> task) {
                super(task);
            }
        }

        @Override
        protected <T> RunnableFuture<T> newTaskFor(java.util.concurrent.Callable<T> task) {
            return new Own<>(task);
        }

        @Override
        public synchronized void execute(Runnable task) {
            java.util.Objects.requireNonNull(task, "task");
            if (shutDown) {
                throw new RejectedExecutionException("shut down");
            }
            Thread thread = new Thread(() -> {
                try {
                    task.run();
                } finally {
                    leave();
                }
            });
            threads.add(thread);
            thread.start();
        }

        private synchronized void leave() {
            threads.remove(Thread.currentThread());
            endIfDone();
        }

        private void endIfDone() {
            if (shutDown && threads.isEmpty()) {
                ended.countDown();
            }
        }

        @Override
        public synchronized void shutdown() {
            shutDown = true;
            endIfDone();
        }

        @Override
        public synchronized List<Runnable> shutdownNow() {
            shutdown();
            threads.forEach(Thread::interrupt);
            return List.of();
        }

        @Override
        public synchronized boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return ended.getCount() == 0;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return ended.await(timeout, unit);
        }
    }
}
