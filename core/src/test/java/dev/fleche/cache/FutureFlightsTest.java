package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutureFlightsTest {

    private static final Digest KEY = Digester.standard().digest("key");

    private final FutureFlights flights = new FutureFlights();

    private static final class Caller implements FutureFlight.Dependent {
        private @Nullable FutureFlight joined;
        private boolean done;
        private boolean elsewhere;
        private @Nullable Boolean cancelled;

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public void joins(FutureFlight flight) {
            joined = flight;
        }

        @Override
        public boolean isElsewhere() {
            return elsewhere;
        }

        @Override
        public void landed(@Nullable Value result) {
            done = true;
        }

        @Override
        public void failed(Throwable trouble) {
            done = true;
        }

        @Override
        public void cancelBody(boolean mayInterrupt) {
            cancelled = mayInterrupt;
        }
    }

    private FutureFlight own(Caller caller) {
        FutureFlights.Entry entry = flights.enter(KEY, flights.stamp(), caller);
        return ((FutureFlights.Entry.Owner) entry).flight();
    }

    private FutureFlights.Entry enter(Caller caller) {
        return flights.enter(KEY, flights.stamp(), caller);
    }

    @Test
    void whoEntersUntilTheLandingJoins() {
        Caller one = new Caller();
        Caller two = new Caller();
        FutureFlight flight = own(one);
        flight.started();

        assertThat(enter(two)).isInstanceOf(FutureFlights.Entry.Joined.class);

        assertThat(two.joined).isSameAs(flight);
        assertThat(flights.land(flight)).containsExactly(two);
        assertThat(flights.land(flight)).isEmpty();
        assertThat(flights.size()).isZero();
        assertThat(enter(new Caller())).isInstanceOf(FutureFlights.Entry.Owner.class);
    }

    @Test
    void whoLookedBeforeALandingLooksAgain() {
        long stamp = flights.stamp();
        flights.land(own(new Caller()));

        FutureFlights.Entry entry = flights.enter(KEY, stamp, new Caller());

        assertThat(((FutureFlights.Entry.Owner) entry).lookAgain()).isTrue();
    }

    @Test
    void aBodyThatCallsItselfIsAloneUntilItHasReturned() throws Exception {
        FutureFlight flight = own(new Caller());

        assertThat(enter(new Caller())).isInstanceOf(FutureFlights.Entry.Alone.class);
        assertThat(CompletableFuture.supplyAsync(() -> enter(new Caller())).get(30, TimeUnit.SECONDS))
                .isInstanceOf(FutureFlights.Entry.Joined.class);
        flight.started();
        assertThat(enter(new Caller())).isInstanceOf(FutureFlights.Entry.Joined.class);
    }

    @Test
    void aForkJoinTaskOnTopOfAnotherIsAlone() throws Exception {
        FutureFlight flight = own(new Caller());
        flight.started();
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            ForkJoinTask<FutureFlights.Entry> nested = pool.submit(
                    () -> ForkJoinTask.adapt(() -> enter(new Caller())).invoke());
            ForkJoinTask<FutureFlights.Entry> single = pool.submit(() -> enter(new Caller()));

            assertThat(nested.get(30, TimeUnit.SECONDS)).isInstanceOf(FutureFlights.Entry.Alone.class);
            assertThat(single.get(30, TimeUnit.SECONDS)).isInstanceOf(FutureFlights.Entry.Joined.class);
        } finally {
            pool.shutdownNow();
        }
        assertThat(flights.land(flight)).hasSize(1);
    }

    @Test
    void aForkJoinTaskOnTopOfAnotherJoinsWhatIsComputedElsewhere() throws Exception {
        Caller remote = new Caller();
        remote.elsewhere = true;
        FutureFlight flight = own(remote);
        flight.started();
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            ForkJoinTask<FutureFlights.Entry> nested = pool.submit(
                    () -> ForkJoinTask.adapt(() -> enter(new Caller())).invoke());

            assertThat(nested.get(30, TimeUnit.SECONDS)).isInstanceOf(FutureFlights.Entry.Joined.class);
        } finally {
            pool.shutdownNow();
        }
        assertThat(flights.land(flight)).hasSize(1);
    }

    @Test
    void theLastWhoIsCancelledCancelsTheBody() {
        Caller owner = new Caller();
        Caller other = new Caller();
        FutureFlight flight = own(owner);
        flight.started();
        enter(other);

        owner.done = true;
        flight.leave(owner, true);
        assertThat(owner.cancelled).isNull();
        other.done = true;
        flight.leave(other, false);

        assertThat(owner.cancelled).isFalse();
    }

    @Test
    void aFlightThatNobodyHoldsBlocksNobody() {
        enterAndForget();
        while (flights.size() > 0) { // the test's time limit ends it
            System.gc();
        }

        assertThat(enter(new Caller())).isInstanceOf(FutureFlights.Entry.Owner.class);
    }

    private void enterAndForget() {
        own(new Caller());
        assertThat(flights.size()).isOne();
    }
}
