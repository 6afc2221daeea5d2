package dev.fleche.processes;

import java.util.List;

/** What becomes of tasks that their worker will not answer. Guarded by the pool's lock. */
final class Recovery {

    private final PoolOptions options;
    private final TaskQueue queue;
    private final Life life;
    private final Counters counters;
    private final Landings landings;

    Recovery(PoolOptions options, TaskQueue queue, Life life, Counters counters, Landings landings) {
        this.options = options;
        this.queue = queue;
        this.life = life;
        this.counters = counters;
        this.landings = landings;
    }

    /** Takes back a task that had not begun. */
    void takeBack(PoolTask<?> task) {
        task.slot(null);
        if (task.isAbandoned()) {
            task.end();
        } else if (life.isStopped()) {
            landings.stop(task);
        } else {
            queue.giveBack(task);
        }
    }

    /**
     * Sees to tasks that had begun on a worker that has ended.
     *
     * <p>That holds for one that the pool has killed too: they must not run twice without being allowed to.
     *
     * @param asked whether the pool ended the worker itself
     */
    void lost(List<PoolTask<?>> begun, Crash crash, boolean asked) {
        for (PoolTask<?> task : begun) {
            if (asked && life.isStopped()) {
                takeBack(task);
            } else {
                crashed(task, crash);
            }
        }
    }

    /** Fails a task that had begun, or queues it again if it may be retried. */
    private void crashed(PoolTask<?> task, Crash crash) {
        int crashes = task.crashed();
        boolean poison = crashes >= options.poisonLimit();
        if (task.isAbandoned()) {
            task.end();
        } else if (crashes <= task.options().retriesOnCrash() && !poison && !life.isStopped()) {
            counters.retried();
            task.slot(null);
            queue.add(task);
        } else {
            task.end();
            landings.fail(task, crash.failure(task, crashes));
        }
    }

    /** Fails all tasks that wait for a worker. */
    void failQueued(WorkerCrashedException failure) {
        List<PoolTask<?>> queued = queue.drain();
        for (PoolTask<?> task : queued) {
            task.end();
            landings.fail(task, failure);
        }
    }
}
