package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.KeyLock;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.LogRecords;
import dev.fleche.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessLocksTest {

    private static final FunctionId FUNCTION = new FunctionId("com.acme.Physics", "relax", List.of("int"));
    private static final Digest KEY = Samples.key(1);
    private static final Digest HELD = Samples.key(1000);

    private final OtherProcess other = new OtherProcess();
    private final ProcessLocks locks = new ProcessLocks(other, Duration.ofSeconds(10));

    private void awaitAsked(int times) {
        while (other.asked() < times) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void whoWaitsGetsTheLockOnceTheOtherProcessGivesItUp() throws Exception {
        other.hold(KEY);
        CompletableFuture<KeyLock> waiting = CompletableFuture.supplyAsync(() -> locks.await(KEY, FUNCTION));
        awaitAsked(5);
        assertThat(waiting).isNotDone();

        other.release(KEY);

        locks.release(waiting.get());
        assertThat(other.heldHere()).isEmpty();
    }

    @Test
    void aWaitInAProcessThatIsWaitedForEndsWithoutALock() {
        ProcessLocks impatient = impatient();
        other.hold(KEY);

        assertThat(impatient.await(KEY, FUNCTION)).isSameAs(ProcessLocks.UNLOCKED);
    }

    /** Returns locks with a short limit, in a process for which others wait. */
    private ProcessLocks impatient() {
        ProcessLocks impatient = new ProcessLocks(other, Duration.ofMillis(20));
        assertThat(impatient.tryLock(HELD)).isPresent();
        other.await(HELD);
        return impatient;
    }

    @AfterEach
    void endWaits() {
        other.release(HeldKeys.announcement(HELD));
    }

    @Test
    void anInterruptEndsTheWaitLeavesTheFlagAndNoLockBehind() throws Exception {
        other.hold(KEY);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            KeyLock lock = locks.await(KEY, FUNCTION);
            flag.complete(
                    lock == ProcessLocks.UNLOCKED && Thread.currentThread().isInterrupted());
        });
        waiter.start();
        awaitAsked(3);

        waiter.interrupt();

        assertThat(flag.get()).isTrue();
        other.release(KEY);
        // whoever asks next finds the poller done with the wait that was given up
        assertThat(locks.await(Samples.key(2), FUNCTION)).isNotSameAs(ProcessLocks.UNLOCKED);
        assertThat(other.heldHere()).containsExactly(Samples.key(2));
    }

    @Test
    void oneThreadAsksForAllWhoWaitAndEndsAfterwards() throws Exception {
        for (int i = 0; i < 50; i++) {
            other.hold(Samples.key(i));
        }
        Set<Thread> before = pollers();
        List<CompletableFuture<KeyLock>> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<KeyLock> wait = new CompletableFuture<>();
            locks.await(Samples.key(i), FUNCTION, Runnable::run, wait::complete);
            waits.add(wait);
        }
        awaitAsked(200);

        Set<Thread> during = pollers();
        during.removeAll(before);
        assertThat(during)
                .singleElement()
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
        for (int i = 0; i < 50; i++) {
            other.release(Samples.key(i));
        }
        for (CompletableFuture<KeyLock> wait : waits) {
            assertThat(wait.get()).isNotSameAs(ProcessLocks.UNLOCKED);
        }
        for (Thread thread : during) {
            thread.join();
        }
    }

    private static Set<Thread> pollers() {
        Set<Thread> pollers = new HashSet<>(Thread.getAllStackTraces().keySet());
        pollers.removeIf(thread -> !thread.getName().equals("fleche lock poller"));
        return pollers;
    }

    @Test
    void whoWaitsWithoutAThreadGetsTheLockOnTheExecutor() throws Exception {
        other.hold(KEY);
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "the executor's"));
        CompletableFuture<String> ran = new CompletableFuture<>();
        try {
            locks.await(KEY, FUNCTION, executor, lock -> {
                locks.release(lock);
                ran.complete(Thread.currentThread().getName());
            });
            awaitAsked(3);
            other.release(KEY);

            assertThat(ran.get()).isEqualTo("the executor's");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void brokenLocksCostOneWarningAndAreLeftAloneForAWhile() {
        other.breakDown();
        LogRecords log = new LogRecords("dev.fleche.cache");
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(locks.tryLock(Samples.key(i))).containsSame(ProcessLocks.UNLOCKED);
            }

            assertThat(log.warnings())
                    .containsExactly("other processes cannot be asked what they compute, so a call may be computed"
                            + " twice at a time: the lock server is down");
        } finally {
            log.close();
        }
        assertThat(other.asked()).isEqualTo(1);
    }

    @Test
    void locksThatBreakDownEndTheWait() {
        other.hold(KEY);
        CompletableFuture<KeyLock> waiting = CompletableFuture.supplyAsync(() -> locks.await(KEY, FUNCTION));
        awaitAsked(3);

        other.breakDown();

        assertThat(waiting.join()).isSameAs(ProcessLocks.UNLOCKED);
    }

    @Test
    void theLimitIsThreeTimesTheLongestRunButNotLessThanTheLeast() {
        assertThat(locks.limitNanos(FUNCTION)).isEqualTo(TimeUnit.SECONDS.toNanos(10));

        locks.note(FUNCTION, Duration.ofSeconds(2));
        assertThat(locks.limitNanos(FUNCTION)).isEqualTo(TimeUnit.SECONDS.toNanos(10));

        locks.note(FUNCTION, Duration.ofSeconds(60));
        locks.note(FUNCTION, Duration.ofSeconds(5));
        assertThat(locks.limitNanos(FUNCTION)).isEqualTo(TimeUnit.SECONDS.toNanos(180));
    }

    @Test
    void anAbsurdRunDoesNotOverflowTheLimit() {
        locks.note(FUNCTION, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(locks.limitNanos(FUNCTION)).isEqualTo(LockWaits.UNLIMITED);
    }

    /** Says how long a process waits at least. */
    static final class Limit {

        public static void main(String[] args) {
            System.out.println(ProcessLocks.of(new OtherProcess()).limitNanos(FUNCTION));
        }
    }

    @ParameterizedTest
    @CsvSource({"250, 250000000", "9223372036854775807, 9223372036854775807", "-1, 0"})
    void theLeastLimitIsAPropertyOfAnyValue(String millis, String nanos) {
        assertThat(ChildJvm.running(Limit.class)
                        .withOptions("-Ddev.fleche.maxLockWaitMillis=" + millis)
                        .start()
                        .result())
                .containsExactly(nanos);
    }
}
