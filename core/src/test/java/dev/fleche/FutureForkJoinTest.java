package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A worker that waits in one task runs another on top of it. If that one depended on what the first computes, both
 * would wait for ever, though neither needs the other.
 */
@Timeout(120)
class FutureForkJoinTest {

    /** Two workers of the common pool, one of which is kept busy. */
    static final class Program {

        private static final CountDownLatch BUSY = new CountDownLatch(1);
        private static final CountDownLatch ON_TOP = new CountDownLatch(1);
        private static final CountDownLatch END = new CountDownLatch(1);
        private static final CompletableFuture<Integer> ELSEWHERE = new CompletableFuture<>();

        private Program() {}

        static CompletableFuture<Integer> compute(int x) {
            return CompletableFuture.supplyAsync(() -> x + ELSEWHERE.join());
        }

        /** Leaves two tasks to its worker, which runs both while it waits here: the second on top of the first. */
        private static int callTwice(Memo1<Integer, CompletableFuture<Integer>> memo) {
            await(BUSY);
            CompletableFuture<Integer> first = memo.apply(1);
            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> {
                ON_TOP.countDown();
                return memo.apply(1).join();
            });
            return first.thenCombine(second, Integer::sum).join();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        public static void main(String[] args) throws Exception {
            Memo1<Integer, CompletableFuture<Integer>> memo =
                    Fleche.of(Program::compute).in(Cache.memory());
            CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
                BUSY.countDown();
                await(END);
            });
            CompletableFuture<Integer> both = CompletableFuture.supplyAsync(() -> callTwice(memo));
            await(ON_TOP);
            ELSEWHERE.complete(10);
            System.out.println("sum " + both.get(20, TimeUnit.SECONDS));
            END.countDown();
            busy.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anAcyclicProgramDoesNotDeadlock() {
        try (ChildJvm program = ChildJvm.running(Program.class)
                .withOptions("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2")
                .start()) {
            assertThat(program.result()).contains("sum 22");
        }
    }
}
