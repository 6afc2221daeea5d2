package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who computes and who waits; every test has a watchdog. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SingleFlightTest {

    private static final FunctionId FUNCTION = new FunctionId("com.acme.Physics", "relax", List.of("int"));

    private final SingleFlight flights = new SingleFlight();

    private static Digest key(int n) {
        byte[] bytes = new byte[Digest.BYTES];
        bytes[0] = (byte) n;
        return Digest.of(bytes);
    }

    private static Value value(Object object) {
        return Codecs.standard().encode(object, TypeContext.empty(), 1 << 20);
    }

    private static Flight own(SingleFlight flights, int key) {
        SingleFlight.Entry entry = flights.enter(key(key), FUNCTION, flights.stamp());
        assertThat(entry).isInstanceOf(SingleFlight.Entry.Owner.class);
        return ((SingleFlight.Entry.Owner) entry).flight();
    }

    /** Enters on a thread of its own, and returns once that thread waits or has gone on. */
    private CompletableFuture<SingleFlight.Entry> enterElsewhere(int key, AtomicReference<Thread> thread) {
        CompletableFuture<SingleFlight.Entry> entered = new CompletableFuture<>();
        Thread started = new Thread(() -> entered.complete(flights.enter(key(key), FUNCTION, flights.stamp())));
        thread.set(started);
        started.start();
        while (!Threads.isWaiting(started) && !entered.isDone()) {
            LockSupport.parkNanos(100_000);
        }
        return entered;
    }

    @Test
    void whoWaitsGetsTheOwnersResult() throws Exception {
        Flight flight = own(flights, 1);
        CompletableFuture<SingleFlight.Entry> other = enterElsewhere(1, new AtomicReference<>());

        flights.land(flight, value("result"));

        assertThat(other.get()).isEqualTo(new SingleFlight.Entry.Landed(value("result")));
    }

    @Test
    void whoWaitsForAFailureComputesAlone() throws Exception {
        Flight flight = own(flights, 1);
        CompletableFuture<SingleFlight.Entry> one = enterElsewhere(1, new AtomicReference<>());
        CompletableFuture<SingleFlight.Entry> two = enterElsewhere(1, new AtomicReference<>());

        flights.land(flight, null);

        assertThat(one.get()).isEqualTo(new SingleFlight.Entry.Alone(true));
        assertThat(two.get()).isEqualTo(new SingleFlight.Entry.Alone(true));
    }

    @Test
    void anOwnerLooksAgainIfAFlightHasLandedSinceItsLookUp() {
        long stamp = flights.stamp();
        flights.land(own(flights, 1), value("result"));

        SingleFlight.Entry entry = flights.enter(key(1), FUNCTION, stamp);

        assertThat(((SingleFlight.Entry.Owner) entry).lookAgain()).isTrue();
    }

    @Test
    void aThreadDoesNotWaitForItself() {
        own(flights, 1);

        assertThat(flights.enter(key(1), FUNCTION, flights.stamp())).isEqualTo(new SingleFlight.Entry.Alone(false));
    }

    @Test
    void aCircleOverTwoThreadsAndTwoStoresIsNotClosed() throws Exception {
        SingleFlight otherStore = new SingleFlight();
        Flight mine = own(flights, 1);
        CountDownLatch owns = new CountDownLatch(1);
        CompletableFuture<SingleFlight.Entry> waited = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            Flight theirs = own(otherStore, 2);
            owns.countDown();
            waited.complete(flights.enter(key(1), FUNCTION, flights.stamp()));
            otherStore.land(theirs, null);
        });
        other.start();
        owns.await();
        while (!Threads.isWaiting(other)) {
            LockSupport.parkNanos(100_000);
        }

        SingleFlight.Entry entry = otherStore.enter(key(2), FUNCTION, otherStore.stamp());

        assertThat(entry).isEqualTo(new SingleFlight.Entry.Alone(false));
        flights.land(mine, value("result"));
        assertThat(waited.get()).isInstanceOf(SingleFlight.Entry.Landed.class);
        other.join();
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        Flight flight = own(flights, 1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            SingleFlight.Entry entry = flights.enter(key(1), FUNCTION, flights.stamp());
            interrupted.complete(entry instanceof SingleFlight.Entry.Alone
                    && Thread.currentThread().isInterrupted());
        });
        waiter.start();
        while (!Threads.isWaiting(waiter)) {
            LockSupport.parkNanos(100_000);
        }

        waiter.interrupt();

        assertThat(interrupted.get()).isTrue();
        flights.land(flight, null);
    }

    @Test
    void aForkJoinWorkerThatOwnsAFlightNeverWaits() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            Flight elsewhere = own(flights, 1);

            SingleFlight.Entry entry = pool.submit(() -> {
                        Flight mine = own(flights, 2);
                        SingleFlight.Entry second = flights.enter(key(1), FUNCTION, flights.stamp());
                        flights.land(mine, null);
                        return second;
                    })
                    .get();

            assertThat(entry).isEqualTo(new SingleFlight.Entry.Alone(false));
            flights.land(elsewhere, null);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aWaitingForkJoinWorkerDoesNotUseUpThePool() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            Flight flight = own(flights, 1);
            CountDownLatch entering = new CountDownLatch(1);
            var waiting = pool.submit(() -> {
                entering.countDown();
                return flights.enter(key(1), FUNCTION, flights.stamp());
            });
            entering.await();

            assertThat(pool.submit(() -> "runs").get(30, TimeUnit.SECONDS)).isEqualTo("runs");

            flights.land(flight, value(1));
            assertThat(waiting.get()).isInstanceOf(SingleFlight.Entry.Landed.class);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS))
                    .as(Duration.ofSeconds(30).toString())
                    .isTrue();
        }
    }

    @Test
    void aForkJoinWorkerThatNoOtherCanStandInForDoesNotWait() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(
                1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, false, 1, 1, 1, null, 60, TimeUnit.SECONDS);
        Flight flight = own(flights, 1);
        try {
            assertThat(pool.submit(() -> flights.enter(key(1), FUNCTION, flights.stamp()))
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(new SingleFlight.Entry.Alone(false));
        } finally {
            flights.land(flight, null);
            pool.shutdown();
        }
    }
}
