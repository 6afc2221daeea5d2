package dev.fleche.digest;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few walks kept for the next computation.
 *
 * <p>Threads are spread over the slots. A thread that finds its slot empty, because a computation is under way there,
 * maybe its own, makes a new walk. So virtual threads cost no memory of their own, and nothing is tied to a thread.
 * Safe for use by several threads.
 */
final class WalkPool {

    /** Keeps slots that are next to each other on different cache lines. */
    private static final int SPACING = 16;

    private static final int SLOTS = Integer.highestOneBit(
            Math.max(1, Math.min(64, 4 * Runtime.getRuntime().availableProcessors())));

    private final AtomicReferenceArray<Walk> slots = new AtomicReferenceArray<>(SLOTS * SPACING);

    /** Returns a walk for this thread's exclusive use. */
    Walk take(Encoders encoders) {
        Walk walk = slots.getAndSet(slot(), null);
        return walk != null ? walk : new Walk(encoders);
    }

    /** Takes back a walk whose computation has ended well. */
    void giveBack(Walk walk) {
        slots.setRelease(slot(), walk);
    }

    private static int slot() {
        return ((int) Thread.currentThread().getId() & (SLOTS - 1)) * SPACING;
    }
}
