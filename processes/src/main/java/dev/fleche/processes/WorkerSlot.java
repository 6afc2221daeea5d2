package dev.fleche.processes;

import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A worker and the tasks that it has been given.
 *
 * <p>The worker runs its tasks in the order of their sending, so the first one without an answer is the one that runs.
 * Everything but {@link #start} and the events of the worker is guarded by the pool's lock.
 */
final class WorkerSlot implements Worker.Listener {

    /** A worker with more than this on the way gets no further task. */
    private static final long MAX_BYTES_AHEAD = 1 << 20;

    private static final String NOT_NEEDED = "was killed because it was not needed any more";

    private final Dispatcher dispatcher;
    private final WorkerSpec spec;
    private final int number;
    private final ArrayDeque<PoolTask<?>> sent = new ArrayDeque<>();
    private @Nullable Worker worker;
    private boolean ready;
    private boolean leaving;
    private boolean unwanted;
    private boolean watched;
    private boolean recalling;
    private boolean filling = true;
    private int taken;
    private long bytes;
    private long since = System.nanoTime();
    private long nextCheck = Long.MAX_VALUE;

    WorkerSlot(Dispatcher dispatcher, WorkerSpec spec, int number) {
        this.dispatcher = dispatcher;
        this.spec = spec;
        this.number = number;
    }

    // the worker, and its events; called without the lock

    /** Starts the worker; returns at once. */
    void start() {
        Worker started = Worker.start(spec, number, this);
        synchronized (dispatcher.lock()) {
            worker = started;
            if (unwanted) {
                started.kill(NOT_NEEDED);
            }
        }
    }

    @Override
    public void ready(Worker started) {
        dispatcher.ready(this, started);
    }

    @Override
    public void result(Worker from, long task, @Nullable Object value, Worker.TaskTiming timing)
            throws ProtocolException {
        requireKnown(dispatcher.landed(this, task, timing.elapsedNanos(), landing -> landing.landed(value)), task);
    }

    /** A worker answers each task once; whatever else it says, its tasks would wait for ever. */
    private static void requireKnown(boolean known, long task) throws ProtocolException {
        if (!known) {
            throw new ProtocolException("it answered task " + task + ", which it did not have");
        }
    }

    @Override
    public void failed(Worker from, long task, Throwable thrown) throws ProtocolException {
        requireKnown(dispatcher.landed(this, task, 0, landing -> landing.failed(thrown)), task);
    }

    @Override
    public void dropped(Worker from, long task) throws ProtocolException {
        requireKnown(dispatcher.dropped(this, task), task);
    }

    @Override
    public void ended(Worker from, WorkerEnd end) {
        dispatcher.ended(this, end);
    }

    // the tasks; called with the lock held

    void isReady(Worker started) {
        worker = started;
        ready = true;
        since = System.nanoTime();
    }

    /** Gives the worker a task. */
    void send(PoolTask<?> task) {
        Payload payload = task.payload();
        if (sent.isEmpty()) {
            since = System.nanoTime();
        }
        sent.addLast(task);
        task.slot(this);
        taken++;
        bytes += payload.bytes();
        if (sent.size() == 1) {
            headBegins();
        }
        worker().send(task.number(), payload);
    }

    /** Removes a task that the worker has answered; null if it has none of that number. */
    @Nullable
    PoolTask<?> answered(long id) {
        PoolTask<?> head = sent.peekFirst();
        if (head != null && head.number() == id) {
            sent.removeFirst();
            forget(head);
            since = System.nanoTime();
            recalling = false;
            headBegins();
            return head;
        }
        for (Iterator<PoolTask<?>> tasks = sent.iterator(); tasks.hasNext(); ) {
            PoolTask<?> task = tasks.next();
            if (task.number() == id) {
                tasks.remove();
                forget(task);
                return task;
            }
        }
        return null;
    }

    /** Removes a task that the worker has dropped before it began; null if it has none of that number. */
    @Nullable
    PoolTask<?> returned(long id) {
        taken--;
        return answered(id);
    }

    private void forget(PoolTask<?> task) {
        bytes -= task.payload().bytes();
        task.slot(null);
        seeToTheEnd();
    }

    /** Sees to it that a worker that has been let go, and has no task left, ends some time. */
    private void seeToTheEnd() {
        if (leaving && ready && sent.isEmpty() && !watched) {
            watched = true;
            Timers.after(dispatcher.options().leaveGrace(), () -> dispatcher.killIfStillThere(this));
        }
    }

    /** Sees to the time limit of the first task. */
    private void headBegins() {
        PoolTask<?> head = sent.peekFirst();
        Duration limit = head == null ? null : head.options().timeLimit();
        if (limit != null) {
            long deadline = since + Timers.nanos(limit);
            // one timer waits for the earliest end; tasks that end in time, the usual case, need none of their own
            if (nextCheck == Long.MAX_VALUE || deadline - nextCheck < 0) {
                nextCheck = deadline;
                Timers.afterNanos(deadline - System.nanoTime(), () -> dispatcher.checkLimit(this));
            }
        }
    }

    /** Returns the first task if its time is up; else sees to it that it is looked at in time. */
    @Nullable
    PoolTask<?> overdue() {
        nextCheck = Long.MAX_VALUE;
        PoolTask<?> head = sent.peekFirst();
        Duration limit = head == null ? null : head.options().timeLimit();
        if (limit == null) {
            return null;
        }
        if (System.nanoTime() - since >= Timers.nanos(limit)) {
            return head;
        }
        headBegins();
        return null;
    }

    /** Asks for those tasks back that have not begun, if the first one has run for {@code nanos}. */
    void recallBehindHead(long nanos) {
        if (!recalling && sent.size() > 1 && System.nanoTime() - since >= nanos) {
            recallAllBehindHead();
        }
    }

    void recallAllBehindHead() {
        recalling = true;
        List<PoolTask<?>> behind = new ArrayList<>(sent);
        for (int i = behind.size() - 1; i > 0; i--) {
            worker().recall(behind.get(i).number());
        }
    }

    void recall(PoolTask<?> task) {
        worker().recall(task.number());
    }

    void cancel(PoolTask<?> task) {
        worker().cancel(task.number());
    }

    /** Lets the worker end after its tasks; it gets no more. */
    void finish() {
        if (!leaving) {
            leaving = true;
            if (ready) {
                worker().finish();
                seeToTheEnd();
            } else {
                kill(NOT_NEEDED);
            }
        }
    }

    /** Ends the worker soon; {@code why} goes on from its name. */
    void kill(String why) {
        leaving = true;
        unwanted = true;
        Worker running = worker;
        if (running != null) {
            running.kill(why);
        }
    }

    boolean isFirst(PoolTask<?> task) {
        return sent.peekFirst() == task;
    }

    boolean has(PoolTask<?> task) {
        return task.slot() == this;
    }

    /** Returns the tasks without an answer, the one that runs first. */
    List<PoolTask<?>> tasks() {
        return new ArrayList<>(sent);
    }

    /** Returns how many of {@link #tasks} had begun when the one with number {@code last} was the last to begin. */
    int begun(long last) {
        int count = 0;
        for (PoolTask<?> task : sent) {
            count++;
            if (task.number() == last) {
                return count;
            }
        }
        return 0;
    }

    int inFlight() {
        return sent.size();
    }

    int taken() {
        return taken;
    }

    /** Returns whether a task could be sent where a worker may have {@code depth}. */
    boolean hasRoom(int depth) {
        if (!ready || leaving) {
            return false;
        }
        if (sent.isEmpty()) {
            return true;
        }
        // refilled when half empty, so that tasks leave in batches and not one by one
        if (sent.size() >= depth) {
            filling = false;
        } else if (sent.size() <= depth / 2) {
            filling = true;
        }
        return filling && !recalling && bytes < MAX_BYTES_AHEAD;
    }

    boolean isReady() {
        return ready;
    }

    boolean isStarting() {
        return !ready && !leaving;
    }

    boolean isIdle() {
        return ready && !leaving && sent.isEmpty();
    }

    /** Returns whether the worker gets no more tasks. */
    boolean isLeaving() {
        return leaving;
    }

    /** Returns whether the pool has ended the worker itself. */
    boolean isUnwanted() {
        return unwanted;
    }

    /** Returns when the first task could begin, or the worker became idle, in {@code System.nanoTime()}. */
    long since() {
        return since;
    }

    /** Returns the worker in words, for messages. */
    String describe() {
        return "worker " + number
                + (worker != null && worker.pid().isPresent()
                        ? " (process " + worker.pid().getAsLong() + ")"
                        : "");
    }

    private Worker worker() {
        return Objects.requireNonNull(worker, "a worker before its start");
    }
}
