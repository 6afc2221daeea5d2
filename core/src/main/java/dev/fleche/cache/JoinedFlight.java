package dev.fleche.cache;

import dev.fleche.codec.Value;
import org.jspecify.annotations.Nullable;

/** A thread that waits for a flight whose result is a future. Safe for use by several threads. */
final class JoinedFlight extends Awaited implements FutureFlight.Dependent {

    private final FutureFlight flight;
    private final Landing landing = new Landing();
    private volatile boolean left;

    JoinedFlight(FutureFlight flight) {
        this.flight = flight;
    }

    @Override
    Landing landing() {
        return landing;
    }

    @Override
    @Nullable
    Thread owner() {
        return flight.starter();
    }

    /** Notes that the thread waits no longer; if nobody else does, the body is cancelled. */
    void leave() {
        left = true;
        if (!landing.hasHappened()) {
            flight.leave(this, false);
        }
    }

    @Override
    public boolean isDone() {
        return left || landing.hasHappened();
    }

    @Override
    public boolean isElsewhere() {
        return false;
    }

    @Override
    public void joins(FutureFlight joined) {}

    @Override
    public void landed(@Nullable Value result) {
        landing.land(result);
    }

    @Override
    public void failed(Throwable trouble) {
        // whoever computes for himself meets the same trouble
        landing.land(null);
    }

    @Override
    public void cancelBody(boolean mayInterrupt) {}
}
