package dev.fleche.processes;

/**
 * How many elements of a map travel together.
 *
 * <p>Safe for use by several threads.
 */
final class ChunkSizes {

    private static final double CHUNK_NANOS = 4e6;
    private static final int MAX_SIZE = 4096;
    private static final int MAX_GROWTH = 8;
    private static final double WEIGHT = 0.25;
    /** So many chunks are left for each worker near the end, so that all end at about the same time. */
    private static final int LAST_CHUNKS = 4;

    private final boolean fixed;
    private final int workers;
    private long left;
    private int size;
    private double elementNanos;

    private ChunkSizes(boolean fixed, int size, long left, int workers) {
        this.fixed = fixed;
        this.size = size;
        this.left = left;
        this.workers = workers;
    }

    static ChunkSizes fixed(int size) {
        return new ChunkSizes(true, Checks.atLeast(1, size, "chunk size"), Long.MAX_VALUE, 1);
    }

    /** Returns sizes that follow what elements take. */
    static ChunkSizes measured(long elements, int workers) {
        return new ChunkSizes(false, 1, elements, workers);
    }

    /** Returns how many elements the next chunk has. */
    synchronized int next() {
        if (fixed) {
            return size;
        }
        int next = (int) Math.max(1, Math.min(size, left / ((long) LAST_CHUNKS * workers)));
        left -= next;
        return next;
    }

    /** Notes how long the elements of a chunk took in their worker. */
    synchronized void took(int elements, long nanos) {
        if (fixed || elements == 0) {
            return;
        }
        double each = (double) nanos / elements;
        elementNanos = elementNanos == 0 ? each : elementNanos + WEIGHT * (each - elementNanos);
        double wanted = Math.min(CHUNK_NANOS / Math.max(1, elementNanos), (double) elements * MAX_GROWTH);
        if (wanted < size || elements >= size / 2) {
            size = (int) Math.max(1, Math.min(MAX_SIZE, wanted));
        }
    }
}
