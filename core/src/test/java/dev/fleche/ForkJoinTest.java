package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A fork/join program without circles, in which a joining worker runs one task on top of another: the root forks two
 * calls of one memoised function; its body forks a task, which forks another. Which worker takes which task is up to
 * the JDK, so that it takes some rounds.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForkJoinTest {

    private static volatile Latches latches = new Latches();

    /** Brings the tasks into the order in which the second call may end up on top of the body's own task. */
    private static final class Latches {
        final CountDownLatch outerRuns = new CountDownLatch(1);
        final CountDownLatch innerRuns = new CountDownLatch(1);
        final CountDownLatch secondRuns = new CountDownLatch(1);
    }

    static int forking(int x) throws InterruptedException {
        Latches now = latches;
        RecursiveTask<Integer> outer = fork(() -> {
            now.outerRuns.countDown();
            return forkInner(x);
        });
        now.outerRuns.await(200, TimeUnit.MILLISECONDS);
        return outer.join();
    }

    private static int forkInner(int x) throws InterruptedException {
        Latches now = latches;
        RecursiveTask<Integer> inner = fork(() -> {
            now.innerRuns.countDown();
            // in other orders it starts only later
            now.secondRuns.await(200, TimeUnit.MILLISECONDS);
            return x + 1;
        });
        now.innerRuns.await(200, TimeUnit.MILLISECONDS);
        return inner.join();
    }

    private static final Memo1<Integer, Integer> FORKING = Fleche.of(ForkJoinTest::forking);

    @SuppressWarnings("serial") // never leaves the process
    private static RecursiveTask<Integer> fork(Callable<Integer> body) {
        RecursiveTask<Integer> task = new RecursiveTask<>() {
            @Override
            protected Integer compute() {
                try {
                    return body.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        task.fork();
        return task;
    }

    private static int callTwice(Callable<Integer> call) throws Exception {
        Latches now = latches;
        RecursiveTask<Integer> first = fork(call);
        now.outerRuns.await(10, TimeUnit.SECONDS);
        RecursiveTask<Integer> second = fork(() -> {
            now.secondRuns.countDown();
            return call.call();
        });
        return first.join() + second.join();
    }

    @Test
    void aWorkerThatRunsOneTaskOnTopOfAnotherDoesNotWait() throws Exception {
        for (int round = 0; round < 30; round++) {
            latches = new Latches();
            ForkJoinPool pool = new ForkJoinPool(3);
            try (Cache cache = Cache.memory()) {
                Memo1<Integer, Integer> forking = FORKING.in(cache);
                ForkJoinTask<Integer> root = pool.submit(() -> callTwice(() -> forking.apply(1)));

                assertThat(root.get(30, TimeUnit.SECONDS)).as("round %s", round).isEqualTo(4);
            } finally {
                pool.shutdownNow();
            }
        }
    }
}
