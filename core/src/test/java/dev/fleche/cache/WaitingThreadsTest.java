package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait for a flight and hold what its owner comes to need; every test has a watchdog. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // what fails here fails the test, and the locks go with it
class WaitingThreadsTest {

    private static final FunctionId FUNCTION = new FunctionId("com.acme.Physics", "relax", List.of("int"));
    private static final Digest KEY = Samples.key(1);

    private final SingleFlight flights = new SingleFlight();
    private final CountDownLatch owns = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);

    private static Value value() {
        return Codecs.standard().encode("result", TypeContext.empty(), 1 << 20);
    }

    private SingleFlight.Entry enter() {
        return flights.enter(KEY, FUNCTION, flights.stamp());
    }

    /** Starts a thread that owns the flight, and runs {@code body} once the other thread holds what it needs. */
    private Thread owner(Runnable body) throws InterruptedException {
        Thread owner = new Thread(() -> {
            Flight flight = ((SingleFlight.Entry.Owner) enter()).flight();
            owns.countDown();
            try {
                held.await();
                body.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                flights.land(flight, value());
            }
        });
        owner.setDaemon(true);
        owner.start();
        owns.await();
        return owner;
    }

    @Test
    void whoHoldsTheMonitorThatTheOwnerNeedsComputesAlone() throws Exception {
        Object monitor = new Object();
        Thread owner = owner(() -> {
            synchronized (monitor) {
                held.countDown();
            }
        });

        synchronized (monitor) {
            held.countDown();
            assertThat(enter()).isEqualTo(new SingleFlight.Entry.Alone(true));
        }

        owner.join();
    }

    @Test
    void whoHoldsTheLockThatTheOwnerNeedsOverAnotherThreadComputesAlone() throws Exception {
        ReentrantLock mine = new ReentrantLock();
        ReentrantLock between = new ReentrantLock();
        Thread owner = owner(() -> {
            between.lock();
            between.unlock();
        });
        CountDownLatch taken = new CountDownLatch(1);
        Thread link = new Thread(() -> {
            between.lock();
            taken.countDown();
            mine.lock();
            mine.unlock();
            between.unlock();
        });
        mine.lock();
        link.setDaemon(true);
        link.start();
        taken.await();
        held.countDown();

        assertThat(enter()).isEqualTo(new SingleFlight.Entry.Alone(true));

        mine.unlock();
        owner.join();
        link.join();
    }

    @Test
    void whoHoldsALockThatTheOwnerDoesNotNeedWaits() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        Thread owner = owner(() -> {
            // longer than it takes until the waiting thread looks for a circle
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_200_000_000L || isRunning(waiter.join())) {
                LockSupport.parkNanos(1_000_000);
            }
        });
        lock.lock();
        waiter.complete(Thread.currentThread());
        held.countDown();

        SingleFlight.Entry entry = enter();

        lock.unlock();
        owner.join();
        assertThat(entry).isEqualTo(new SingleFlight.Entry.Landed(value()));
    }

    private static boolean isRunning(Thread thread) {
        return thread.getState() == Thread.State.RUNNABLE;
    }

    /** Asks for the owner of a lock where nobody can tell. */
    static final class WithoutManagement {

        public static void main(String[] args) {
            System.out.println(ModuleLayer.boot().findModule("java.management").isPresent() + " "
                    + LockOwners.ownerAwaitedBy(Thread.currentThread().getId()));
        }
    }

    @Test
    void nothingIsKnownWithoutTheModuleThatKnows() {
        assertThat(ChildJvm.running(WithoutManagement.class)
                        .withOptions("--limit-modules", "java.base,java.logging")
                        .start()
                        .result())
                .containsExactly("false OptionalLong.empty");
    }
}
