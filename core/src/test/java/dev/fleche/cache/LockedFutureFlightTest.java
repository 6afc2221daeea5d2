package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flights whose results are futures, in a store that other processes share; every test has a watchdog. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LockedFutureFlightTest {

    private static final FunctionId FUNCTION = new FunctionId("com.acme.Physics", "relax", List.of("int"));
    private static final Digest ONE = Samples.key(1);
    private static final Digest TWO = Samples.key(2);
    private static final Digest THREE = Samples.key(3);
    private static final Executor THREADS = task -> new Thread(task).start();

    @BeforeEach
    void workForNobody() {
        HeldKeys.workForOthers(false);
    }

    private final OtherProcess other = new OtherProcess();
    private final ProcessLocks locks = new ProcessLocks(other, Duration.ofMillis(50));
    private final FutureFlights flights = new FutureFlights(new RunningFlights(), locks);
    private final CompletableFuture<Boolean> came = new CompletableFuture<>();

    /** A caller that is never done. */
    private static final class Caller implements FutureFlight.Dependent {

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void joins(FutureFlight flight) {}

        @Override
        public boolean isElsewhere() {
            return false;
        }

        @Override
        public void landed(@Nullable Value result) {}

        @Override
        public void failed(Throwable trouble) {}

        @Override
        public void cancelBody(boolean mayInterrupt) {}
    }

    private FutureFlights.Entry enter(Digest key) {
        return flights.enter(key, flights.stamp(), new Caller());
    }

    private FutureFlight own(Digest key) {
        return ((FutureFlights.Entry.Owner) enter(key)).flight();
    }

    /** Tries the lock; what comes later tells whether its thread owns a flight then. */
    private boolean lock(FutureFlight flight) {
        return flights.lock(flight, FUNCTION, THREADS, () -> came.complete(SingleFlight.ownsFlight()));
    }

    private void awaitAsked(int times) {
        while (other.asked() < times) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void anOwnerHoldsTheLockUntilItsFlightLands() {
        FutureFlights.Entry entry = enter(ONE);
        FutureFlight flight = ((FutureFlights.Entry.Owner) entry).flight();

        assertThat(entry).isEqualTo(new FutureFlights.Entry.Owner(flight, true));
        assertThat(lock(flight)).isTrue();
        flight.started();
        assertThat(other.heldHere()).containsExactly(ONE);
        flights.land(flight);
        assertThat(other.heldHere()).isEmpty();
    }

    @Test
    void nobodyIsBlockedWhileAnotherProcessHoldsTheLock() {
        other.hold(ONE);
        FutureFlight flight = own(ONE);

        assertThat(lock(flight)).isFalse();

        // asked for again after a quarter of the time each: many times the limit of 50 ms
        awaitAsked(25);
        assertThat(came).isNotDone();
        assertThat(enter(ONE)).isInstanceOf(FutureFlights.Entry.Joined.class);
        other.release(ONE);
        assertThat(came.join()).isTrue();
        assertThat(other.heldHere()).containsExactly(ONE);
        assertThat(flights.land(flight)).hasSize(1);
        assertThat(other.heldHere()).isEmpty();
    }

    @Test
    void aThreadOwnsItsFlightUntilTheBodyHasReturned() {
        FutureFlight flight = own(ONE);

        assertThat(SingleFlight.ownsFlight()).isTrue();
        flight.started();
        assertThat(SingleFlight.ownsFlight()).isFalse();
        flights.land(flight);
        assertThat(SingleFlight.ownsFlight()).isFalse();
    }

    @Test
    void aThreadThatGetsItsResultLaterOwnsNothingMeanwhile() {
        other.hold(ONE);

        assertThat(lock(own(ONE))).isFalse();

        assertThat(SingleFlight.ownsFlight()).isFalse();
        other.release(ONE);
    }

    @Test
    void aFlightOfAProcessThatIsWaitedForGoesOnWithoutTheLockInTheEnd() {
        FutureFlight mine = own(TWO);
        assertThat(lock(mine)).isTrue();
        mine.started();
        other.await(TWO);
        other.hold(ONE);
        FutureFlight flight = own(ONE);

        assertThat(lock(flight)).isFalse();

        assertThat(came.join()).isTrue();
        assertThat(other.heldHere()).containsExactly(TWO);
        flights.land(flight);
        flights.land(mine);
    }

    @Test
    void aFlightOfAProcessThatNobodyWaitsForWaitsThoughItsThreadOwnsAnother() {
        FutureFlight mine = own(TWO);
        assertThat(lock(mine)).isTrue();
        other.hold(ONE);
        FutureFlight flight = own(ONE);

        assertThat(lock(flight)).isFalse();

        awaitAsked(25);
        assertThat(came).isNotDone();
        other.release(ONE);
        assertThat(came.join()).isTrue();
        assertThat(other.heldHere()).containsExactlyInAnyOrder(ONE, TWO);
        flights.land(flight);
        flights.land(mine);
    }

    @Test
    void aForkJoinWorkerThatOwnsAFlightStartsItsBodyAtOnce() throws Exception {
        other.hold(ONE);
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            assertThat(pool.submit(() -> {
                                FutureFlight mine = own(TWO);
                                FutureFlight flight = own(ONE);
                                boolean started = lock(flight);
                                flights.land(flight);
                                flights.land(mine);
                                return started;
                            })
                            .get(30, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(other.asked()).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aFlightThatStopsWaitingLeavesTheLockFree() {
        other.hold(ONE);
        other.hold(TWO);
        FutureFlight flight = own(ONE);
        assertThat(lock(flight)).isFalse();
        awaitAsked(3);

        assertThat(flight.stopWaiting()).isTrue();
        flights.land(flight);

        other.release(ONE);
        // whoever asks next finds the poller done with the wait that was given up
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        FutureFlight second = own(THREE);
        other.hold(THREE);
        assertThat(flights.lock(second, FUNCTION, THREADS, () -> next.complete(true)))
                .isFalse();
        int asked = other.asked();
        awaitAsked(asked + 20);
        other.release(THREE);
        assertThat(next.join()).isTrue();
        assertThat(other.heldHere()).containsExactly(THREE);
        assertThat(came).isNotDone();
        flights.land(second);
    }

    @Test
    void aFlightThatHasTheLockDoesNotStopWaiting() {
        other.hold(ONE);
        FutureFlight flight = own(ONE);
        lock(flight);
        other.release(ONE);
        came.join();

        assertThat(flight.stopWaiting()).isFalse();
        assertThat(own(TWO).stopWaiting()).isFalse();
        flights.land(flight);
    }

    @Test
    void aFlightThatNobodyKnowsAnyMoreGivesItsLockUp() {
        ownAndForget();

        while (!other.heldHere().isEmpty()) { // the test's time limit ends it
            System.gc();
        }

        assertThat(own(ONE)).isNotNull();
    }

    private void ownAndForget() {
        FutureFlight flight = own(ONE);
        assertThat(lock(flight)).isTrue();
        flight.started();
        assertThat(other.heldHere()).containsExactly(ONE);
    }

    @Test
    void aLockThatNothingWouldReleaseIsNotKept() {
        ProcessLocks withoutThreads = new ProcessLocks(other, Duration.ofMillis(50), () -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        FutureFlights bare = new FutureFlights(new RunningFlights(), withoutThreads);
        FutureFlight flight = ((FutureFlights.Entry.Owner) bare.enter(ONE, bare.stamp(), new Caller())).flight();

        assertThat(bare.lock(flight, FUNCTION, THREADS, () -> {})).isTrue();

        assertThat(other.heldHere()).isEmpty();
        bare.land(flight);
    }

    @Test
    void flightsWithoutLocksAskNobodyAndAreTheSameFlights() {
        other.hold(ONE);
        FutureFlights without = flights.withoutLocks();

        FutureFlights.Entry entry = without.enter(ONE, without.stamp(), new Caller());

        FutureFlight flight = ((FutureFlights.Entry.Owner) entry).flight();
        assertThat(entry).isEqualTo(new FutureFlights.Entry.Owner(flight, false));
        assertThat(without.lock(flight, FUNCTION, THREADS, () -> {})).isTrue();
        flight.started();
        assertThat(enter(ONE)).isInstanceOf(FutureFlights.Entry.Joined.class);
        assertThat(without.land(flight)).hasSize(1);
        assertThat(other.asked()).isZero();
    }
}
