package dev.fleche.processes;

/**
 * What a pool holds and has done, at one moment. Immutable.
 *
 * @param workers child processes that are starting, ready or ending
 * @param starting those of them that are not ready yet
 * @param idle those that are ready and have no task
 * @param queued tasks that no worker has been given
 * @param inFlight tasks that a worker has been given and that have not ended
 * @param completed tasks that have ended, well or with an exception of their own
 * @param started workers started since the pool was made
 * @param crashed workers that ended unasked, while starting too
 * @param retried tasks that were sent again because their worker crashed
 */
public record PoolStats(
        int workers,
        int starting,
        int idle,
        int queued,
        int inFlight,
        long completed,
        long started,
        long crashed,
        long retried) {}
