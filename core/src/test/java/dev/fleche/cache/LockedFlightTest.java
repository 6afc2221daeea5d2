package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.KeyLock;
import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flights of a store that other processes share: who waits for them, and for how long; every test has a watchdog. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LockedFlightTest {

    private static final FunctionId FUNCTION = new FunctionId("com.acme.Physics", "relax", List.of("int"));
    private static final Digest ONE = Samples.key(1);
    private static final Digest TWO = Samples.key(2);

    private static final Executor THREADS = task -> new Thread(task).start();

    private final OtherProcess other = new OtherProcess();
    private final SingleFlight flights =
            new SingleFlight(new RunningFlights(), new ProcessLocks(other, Duration.ofMillis(50)));

    @BeforeEach
    void workForNobody() {
        HeldKeys.workForOthers(false);
    }

    private SingleFlight.Entry enter(Digest key) {
        return flights.enter(key, FUNCTION, flights.stamp());
    }

    private Flight own(Digest key) {
        return ((SingleFlight.Entry.Owner) enter(key)).flight();
    }

    private static Value value() {
        return Codecs.standard().encode("result", TypeContext.empty(), 1 << 20);
    }

    private void awaitAsked(int times) {
        while (other.asked() < times) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void anOwnerHoldsTheLockUntilItsFlightLands() {
        SingleFlight.Entry entry = enter(ONE);

        Flight flight = ((SingleFlight.Entry.Owner) entry).flight();
        assertThat(entry).isEqualTo(new SingleFlight.Entry.Owner(flight, true, false));
        assertThat(other.heldHere()).containsExactly(ONE);
        flights.land(flight, null);
        assertThat(other.heldHere()).isEmpty();
    }

    @Test
    void aProcessThatNobodyWaitsForWaitsAsLongAsAnotherHoldsTheLock() throws Exception {
        other.hold(ONE);
        CompletableFuture<SingleFlight.Entry> entered = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            Flight mine = own(TWO);
            entered.complete(enter(ONE));
            end.join();
            flights.land(mine, null);
        });
        thread.start();
        // asked for again after a quarter of the time each: many times the limit of 50 ms
        awaitAsked(27);
        assertThat(entered).isNotDone();

        other.release(ONE);

        assertThat(((SingleFlight.Entry.Owner) entered.get()).waited()).isTrue();
        assertThat(other.heldHere()).containsExactlyInAnyOrder(ONE, TWO);
        end.complete(null);
        thread.join();
    }

    @Test
    void whoWaitsAnnouncesItUntilTheWaitEnds() throws Exception {
        other.hold(ONE);
        CompletableFuture<SingleFlight.Entry> entered = CompletableFuture.supplyAsync(() -> enter(ONE), THREADS);
        while (!other.heldHere().contains(HeldKeys.announcement(ONE))) {
            LockSupport.parkNanos(100_000);
        }

        other.release(ONE);

        Flight flight = ((SingleFlight.Entry.Owner) entered.get()).flight();
        assertThat(other.heldHere()).containsExactly(ONE);
        flights.land(flight, null);
    }

    @Test
    void aProcessThatIsWaitedForComputesWithoutALockInTheEnd() {
        Flight mine = own(ONE);
        other.await(ONE);
        other.hold(TWO);

        SingleFlight.Entry entry = enter(TWO);

        Flight second = ((SingleFlight.Entry.Owner) entry).flight();
        assertThat(entry).isEqualTo(new SingleFlight.Entry.Owner(second, true, true));
        assertThat(other.heldHere()).containsExactly(ONE);
        flights.land(second, null);
        flights.land(mine, null);
    }

    @Test
    void aProcessIsWaitedForAsLongAsItHoldsAKeyThatWasGrantedTwice() {
        ProcessLocks locks = new ProcessLocks(other, Duration.ofMillis(50));
        KeyLock first = locks.tryLock(ONE).orElseThrow();
        KeyLock second = locks.tryLock(ONE).orElseThrow();
        other.await(ONE);
        while (!HeldKeys.isWaitedFor()) { // another may have been told just before that it is not
            Thread.onSpinWait();
        }

        first.close();
        first.close();
        assertThat(HeldKeys.isWaitedFor()).isTrue();

        second.close();
        assertThat(HeldKeys.isWaitedFor()).isFalse();
    }

    @Test
    void aProcessThatWorksForAnotherIsWaitedForThoughItHoldsNoKey() {
        other.hold(ONE);
        HeldKeys.workForOthers(true);
        try {
            Flight flight = own(ONE);

            assertThat(flight.lock()).isSameAs(ProcessLocks.UNLOCKED);
            flights.land(flight, null);
        } finally {
            HeldKeys.workForOthers(false);
        }
    }

    @Test
    void aThreadThatWaitsForOneWhoWaitsForAnotherProcessGetsHisResult() throws Exception {
        other.hold(ONE);
        Thread owner = new Thread(() -> flights.land(own(ONE), value()));
        owner.start();
        awaitAsked(3);
        Flight mine = own(TWO);
        other.await(TWO);

        SingleFlight.Entry entry = flights.withoutLocks().enter(ONE, FUNCTION, flights.stamp());

        assertThat(entry).isEqualTo(new SingleFlight.Entry.Landed(value()));
        flights.land(mine, null);
        owner.join();
    }

    @Test
    void aThreadThatOwnsAFlightWaitsForOneWhoComputesHoweverLong() throws Exception {
        Flight theirs = own(ONE);
        CompletableFuture<SingleFlight.Entry> entered = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            Flight mine = own(TWO);
            entered.complete(enter(ONE));
            flights.land(mine, null);
        });
        waiter.start();
        while (!Threads.isWaiting(waiter)) {
            LockSupport.parkNanos(100_000);
        }

        flights.land(theirs, value());

        assertThat(entered.get()).isEqualTo(new SingleFlight.Entry.Landed(value()));
        waiter.join();
    }

    @Test
    void aForkJoinWorkerNeverWaitsForAnotherProcess() throws Exception {
        other.hold(ONE);
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            SingleFlight.Entry entry = pool.submit(() -> {
                        SingleFlight.Entry owner = enter(ONE);
                        flights.land(((SingleFlight.Entry.Owner) owner).flight(), null);
                        return owner;
                    })
                    .get(30, TimeUnit.SECONDS);

            assertThat(((SingleFlight.Entry.Owner) entry).waited()).isFalse();
            assertThat(other.asked()).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anInterruptedOwnerComputesWithoutALockAndKeepsItsFlight() throws Exception {
        other.hold(ONE);
        CompletableFuture<SingleFlight.Entry> entered = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread owner = new Thread(() -> {
            entered.complete(enter(ONE));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        owner.start();
        awaitAsked(3);

        owner.interrupt();

        Flight flight = ((SingleFlight.Entry.Owner) entered.get()).flight();
        assertThat(flag.get()).isTrue();
        assertThat(flight.lock()).isSameAs(ProcessLocks.UNLOCKED);
        CompletableFuture<SingleFlight.Entry> entry = new CompletableFuture<>();
        Thread waiter = new Thread(() -> entry.complete(enter(ONE)));
        waiter.start();
        while (!Threads.isWaiting(waiter)) {
            LockSupport.parkNanos(100_000);
        }
        flights.land(flight, value());
        assertThat(entry.get()).isEqualTo(new SingleFlight.Entry.Landed(value()));
    }

    @Test
    void flightsWithoutLocksAskNobodyAndAreTheSameFlights() {
        other.hold(ONE);

        SingleFlight.Entry entry = flights.withoutLocks().enter(ONE, FUNCTION, flights.stamp());

        Flight flight = ((SingleFlight.Entry.Owner) entry).flight();
        assertThat(entry).isEqualTo(new SingleFlight.Entry.Owner(flight, false, false));
        assertThat(enter(ONE)).isEqualTo(new SingleFlight.Entry.Alone(false));
        flights.withoutLocks().land(flight, null);
        assertThat(other.asked()).isZero();
    }

    @Test
    void aThreadThatOwnsAFlightNeverLeavesOneOfAStoreThatNobodyShares() throws Exception {
        SingleFlight unshared = new SingleFlight();
        Flight mine = own(TWO);
        for (int round = 0; round < 500; round++) {
            Digest key = Samples.key(round);
            CompletableFuture<SingleFlight.Entry> entered = new CompletableFuture<>();
            Thread owner = new Thread(() -> {
                SingleFlight.Entry entry = unshared.enter(key, FUNCTION, unshared.stamp());
                if (entry instanceof SingleFlight.Entry.Owner first) {
                    unshared.land(first.flight(), value());
                }
                entered.complete(entry);
            });
            owner.start();

            SingleFlight.Entry entry = unshared.enter(key, FUNCTION, unshared.stamp());

            if (entry instanceof SingleFlight.Entry.Owner second) {
                unshared.land(second.flight(), value());
            }
            assertThat(entry).isNotInstanceOf(SingleFlight.Entry.Alone.class);
            assertThat(entered.get()).isNotInstanceOf(SingleFlight.Entry.Alone.class);
        }
        flights.land(mine, null);
    }
}
