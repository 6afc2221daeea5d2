package dev.fleche.processes;

import java.util.function.Consumer;

/**
 * The ways in which the futures of a pool complete: each soon, in another thread, and counted by the pool's life.
 *
 * <p>Safe for use by several threads; {@link #fail} and {@link #stop} are called with the pool's lock held.
 */
final class Landings {

    private final Life life;

    Landings(Life life) {
        this.life = life;
    }

    /** Completes the future of a task by {@code landing}, once {@link Life#landingBegins} has been called. */
    void land(PoolTask<?> task, Consumer<PoolTask<?>> landing) {
        Completions.run(() -> life.landing(() -> landing.accept(task)));
    }

    /** Fails a task, whose answer is then dropped if it comes. */
    void fail(PoolTask<?> task, Throwable thrown) {
        task.abandon();
        life.landingBegins();
        land(task, landing -> landing.failed(thrown));
    }

    /** Ends a task that the end of the pool has overtaken. */
    void stop(PoolTask<?> task) {
        task.abandon();
        task.end();
        life.landingBegins();
        land(task, PoolTask::stopped);
    }
}
