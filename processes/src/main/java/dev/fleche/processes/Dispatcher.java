package dev.fleche.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The heart of a pool: which task goes to which worker, and when workers start and end.
 *
 * <p>Safe for use by several threads. One lock guards everything; it is never held while code of the user runs, a
 * worker starts, or anything blocks.
 */
final class Dispatcher {

    /*
     * The states of a task: queued → sent → over. A task that its worker gives back before it began is queued again, as
     * is one whose worker crashed, if it may be retried. Cancelling marks it abandoned: queued, it leaves when its turn
     * comes; sent, it stays with its worker until that answers or is killed, and the answer is dropped.
     *
     * The states of a worker: starting → ready → leaving → gone. A worker that is leaving gets no more tasks. One that
     * is gone without having been asked to is a crash if it had been ready, and else a failed start.
     *
     * The states of a pool: running → shut down → stopped; each may be over, when no task and no worker is left.
     * Independently of that it may be broken, when too many starts have failed in a row: then all tasks fail.
     *
     * Every event changes the state under the lock, and ends in progress(), which does whatever can be done now. What
     * must not happen under the lock is left for after: starting workers, completing futures.
     */

    /** How often workers with several tasks are looked at, and how long the first of these may keep the others. */
    private static final long TICK_NANOS = 5_000_000;

    private static final long LOOK_AGAIN_NANOS = 50_000_000;

    private final Object lock = new Object();
    private final PoolOptions options;
    private final TaskQueue queue = new TaskQueue();
    private final Crew crew = new Crew();
    private final Pacing pacing = new Pacing();
    private final Life life = new Life(lock);
    private final Counters counters = new Counters();
    private final Staffing staffing;
    private final Landings landings = new Landings(life);
    private final Recovery recovery;
    private final Room room;
    private boolean ticking;
    private boolean reaping;

    Dispatcher(PoolOptions options) {
        this.options = options;
        this.room = new Room(lock, queue, life, options.maxQueuedBytes());
        this.recovery = new Recovery(options, queue, life, counters, landings);
        this.staffing =
                new Staffing(options, crew, life, counters, number -> new WorkerSlot(this, options.spec(), number));
    }

    Object lock() {
        return lock;
    }

    PoolOptions options() {
        return options;
    }

    // what users ask for

    /**
     * Queues a task; waits while too many bytes are queued.
     *
     * @throws RejectedExecutionException if the pool takes no tasks, or the thread is interrupted while it waits; it is
     *     then left interrupted
     */
    void submit(PoolTask<?> task) {
        try {
            submit(task, Room.FOR_EVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(
                    "interrupted while waiting to queue a task; the queue holds as many bytes as it may", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("centuries have passed", e);
        }
    }

    /**
     * Queues a task; waits while too many bytes are queued, for {@code nanos} at most.
     *
     * @throws RejectedExecutionException if the pool takes no tasks
     */
    void submit(PoolTask<?> task, long nanos) throws InterruptedException, TimeoutException {
        List<WorkerSlot> fresh;
        synchronized (lock) {
            room.await(nanos);
            life.requireRunning();
            queue.add(task);
            fresh = progress();
        }
        fresh.forEach(WorkerSlot::start);
    }

    /** Abandons a task: drops it if it has not begun, interrupts it if it runs and that is wanted. */
    void cancel(PoolTask<?> task, boolean mayInterrupt) {
        change(() -> {
            if (task.isAbandoned() || task.isOver()) {
                return;
            }
            task.abandon();
            WorkerSlot slot = task.slot();
            if (slot == null) {
                queue.abandon(task);
            } else if (mayInterrupt) {
                slot.cancel(task);
                Timers.after(options.cancelGrace(), () -> killIfStillBusyWith(slot, task));
            } else {
                slot.recall(task);
            }
        });
    }

    /** A task behind the first has been dropped by then, or has begun, and the answer of the first is on its way. */
    private void killIfStillBusyWith(WorkerSlot slot, PoolTask<?> task) {
        synchronized (lock) {
            if (slot.isFirst(task)) {
                slot.kill("was killed because of task " + task.number() + ", which did not end when it was cancelled");
            } else if (slot.has(task)) {
                Timers.afterNanos(LOOK_AGAIN_NANOS, () -> killIfStillBusyWith(slot, task));
            }
        }
    }

    /** Kills a worker that ought to have ended by now. */
    void killIfStillThere(WorkerSlot slot) {
        synchronized (lock) {
            if (crew.has(slot)) {
                slot.kill("was killed because it did not end when it was let go");
            }
        }
    }

    /** Sets how many workers there may be. */
    void resize(int workers) {
        change(() -> staffing.resize(workers));
    }

    /** Starts as many workers as there may be; the future completes when all are ready. */
    CompletableFuture<@Nullable Void> prestart() {
        CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
        change(() -> {
            life.requireRunning();
            staffing.prestart(started);
        });
        return started;
    }

    void shutdown() {
        change(life::shutDown);
    }

    /** Stops everything and returns the tasks that no worker had been given. */
    List<PoolTask<?>> shutdownNow() {
        List<PoolTask<?>> never = new ArrayList<>();
        change(() -> {
            life.stop();
            never.addAll(queue.drain());
            for (PoolTask<?> task : never) {
                task.abandon();
                task.end();
            }
            for (WorkerSlot slot : crew.all()) {
                slot.tasks().forEach(slot::cancel);
            }
            if (!crew.isEmpty()) {
                Timers.after(options.cancelGrace(), this::killAll);
            }
        });
        return never;
    }

    private void killAll() {
        synchronized (lock) {
            crew.all().forEach(slot -> slot.kill("was killed because the pool was stopped"));
        }
    }

    /** Returns how many workers there may be. */
    int target() {
        synchronized (lock) {
            return staffing.target();
        }
    }

    void requireRunning() {
        synchronized (lock) {
            life.requireRunning();
        }
    }

    Life life() {
        return life;
    }

    PoolStats stats() {
        synchronized (lock) {
            return counters.stats(crew, queue.size());
        }
    }

    // what workers tell

    void ready(WorkerSlot slot, Worker worker) {
        change(() -> {
            slot.isReady(worker);
            if (staffing.isPrestarting()) {
                staffing.succeeded();
            }
        });
    }

    /** A worker has answered; {@code landing} tells the future. Returns whether the worker had that task. */
    boolean landed(WorkerSlot slot, long id, long elapsedNanos, Consumer<PoolTask<?>> landing) {
        PoolTask<?> task;
        boolean known;
        List<WorkerSlot> fresh;
        synchronized (lock) {
            long tookNanos = System.nanoTime() - slot.since();
            task = slot.answered(id);
            known = task != null;
            if (task != null) {
                staffing.succeeded();
                pacing.took(elapsedNanos, tookNanos);
                task.end();
                counters.completed();
                if (task.isAbandoned()) {
                    task = null;
                } else {
                    life.landingBegins();
                }
            }
            fresh = progress();
        }
        if (task != null) {
            landings.land(task, landing);
        }
        fresh.forEach(WorkerSlot::start);
        return known;
    }

    /** A worker gives a task back that it had not begun. Returns whether the worker had that task. */
    boolean dropped(WorkerSlot slot, long id) {
        List<PoolTask<?>> given = new ArrayList<>(1);
        change(() -> {
            PoolTask<?> task = slot.returned(id);
            if (task != null) {
                given.add(task);
                recovery.takeBack(task);
            }
        });
        return !given.isEmpty();
    }

    void ended(WorkerSlot slot, WorkerEnd end) {
        change(() -> {
            crew.remove(slot);
            List<PoolTask<?>> tasks = slot.tasks();
            int begun = slot.begun(end.lastBegun());
            boolean asked = slot.isUnwanted() || (slot.isLeaving() && tasks.isEmpty());
            if (!asked) {
                counters.crashed();
            }
            recovery.lost(tasks.subList(0, begun), new Crash(slot.describe(), end), asked);
            tasks.subList(begun, tasks.size()).forEach(recovery::takeBack);
            if (!asked && begun == 0 && (!end.ready() || !tasks.isEmpty())) {
                staffing.startFailed(slot, end);
            }
        });
    }

    // what time brings

    void checkLimit(WorkerSlot slot) {
        synchronized (lock) {
            PoolTask<?> late = slot.overdue();
            if (late == null) {
                return;
            }
            if (!late.isAbandoned()) {
                landings.fail(
                        late,
                        new TimeoutException(late.describe() + " ran longer than its time limit of "
                                + late.options().timeLimit() + " on " + slot.describe() + ", which was killed"));
            }
            slot.kill("was killed because of task " + late.number() + ", which ran longer than its time limit");
        }
    }

    private void tick() {
        change(() -> {
            ticking = false;
            for (WorkerSlot slot : crew.all()) {
                slot.recallBehindHead(TICK_NANOS);
            }
        });
    }

    private void reap() {
        change(() -> {
            reaping = false;
            if (!staffing.isPrestarting()) {
                crew.reap(Timers.nanos(options.keepAlive()), options.leastWorkers());
            }
        });
    }

    // what follows

    private void change(Runnable event) {
        List<WorkerSlot> fresh;
        synchronized (lock) {
            event.run();
            fresh = progress();
        }
        fresh.forEach(WorkerSlot::start);
    }

    /** Does what can be done now; returns workers to start once the lock is free. */
    private List<WorkerSlot> progress() {
        WorkerCrashedException broken = life.broken();
        if (broken != null) {
            recovery.failQueued(broken);
        }
        assign();
        staffing.trim();
        if (!life.isRunning() && queue.isEmpty()) {
            crew.dismissUnoccupied();
        }
        List<WorkerSlot> fresh = staffing.hire(queue.size());
        staffing.settlePrestarts();
        setTimers();
        if (room.isAwaited() || life.isEnding()) {
            life.empty(queue.isEmpty() && crew.isEmpty());
            lock.notifyAll();
        }
        return fresh;
    }

    private void assign() {
        int depth = pacing.depth();
        while (!queue.isEmpty()) {
            WorkerSlot slot = crew.next(depth);
            PoolTask<?> task = slot == null ? null : queue.poll();
            if (slot == null || task == null) {
                return;
            }
            slot.send(task);
            if (slot.taken() >= options.tasksPerWorker()) {
                slot.finish();
            }
        }
    }

    private void setTimers() {
        if (!ticking && crew.waitingBehind() > 0) {
            ticking = true;
            Timers.afterNanos(TICK_NANOS, this::tick);
        }
        if (!reaping && !staffing.isPrestarting() && life.isRunning() && crew.staying() > options.leastWorkers()) {
            crew.longestIdleNanos().ifPresent(idle -> {
                reaping = true;
                Timers.afterNanos(Timers.nanos(options.keepAlive()) - idle, this::reap);
            });
        }
    }
}
