package dev.fleche.processes;

/** What a pool has done so far. Not thread-safe; guarded by the pool's lock. */
final class Counters {

    private long completed;
    private long started;
    private long crashed;
    private long retried;

    void completed() {
        completed++;
    }

    void started() {
        started++;
    }

    void crashed() {
        crashed++;
    }

    void retried() {
        retried++;
    }

    PoolStats stats(Crew crew, int queued) {
        return new PoolStats(
                crew.size(),
                crew.starting(),
                crew.idle(),
                queued,
                crew.inFlight(),
                completed,
                started,
                crashed,
                retried);
    }
}
