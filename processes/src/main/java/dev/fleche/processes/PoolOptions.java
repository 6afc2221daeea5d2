package dev.fleche.processes;

import java.time.Duration;

/**
 * What is chosen for a pool as a whole. Immutable.
 *
 * @param workers how many workers there are at most, until the pool is resized
 * @param leastWorkers how many of those that have started stay when idle
 * @param keepAlive how long another one stays when idle
 * @param tasksPerWorker after how many tasks a worker is replaced
 * @param cancelGrace how long a cancelled task may take to heed its interrupt
 * @param poisonLimit how many workers a task may crash, however many retries it has
 * @param startAttempts how many workers in a row may fail to start
 * @param maxQueuedBytes how many bytes of tasks may be queued before {@code submit} waits
 * @param spec what workers are started with
 */
record PoolOptions(
        int workers,
        int leastWorkers,
        Duration keepAlive,
        int tasksPerWorker,
        Duration cancelGrace,
        int poisonLimit,
        int startAttempts,
        long maxQueuedBytes,
        WorkerSpec spec) {

    private static final Duration MIN_LEAVE_GRACE = Duration.ofSeconds(1);

    /** Returns how long a worker may take to end that has been let go. */
    Duration leaveGrace() {
        return cancelGrace.compareTo(MIN_LEAVE_GRACE) < 0 ? MIN_LEAVE_GRACE : cancelGrace;
    }
}
