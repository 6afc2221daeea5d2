package dev.fleche.cache;

import dev.fleche.digest.Digest;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** A flight whose result is a future: held by those who can complete it, and not by the store. */
final class WeakFlight extends WeakReference<FutureFlight> implements Running {

    private final Digest key;

    WeakFlight(Digest key, FutureFlight flight, ReferenceQueue<FutureFlight> queue) {
        super(flight, queue);
        this.key = key;
    }

    Digest key() {
        return key;
    }
}
