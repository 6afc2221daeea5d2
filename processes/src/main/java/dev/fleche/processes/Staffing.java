package dev.fleche.processes;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How many workers there are to be, and what follows if they cannot start. Guarded by the pool's lock. */
final class Staffing {

    private final Crew crew;
    private final Life life;
    private final Counters counters;
    private final IntFunction<WorkerSlot> maker;
    private final int startAttempts;
    private final List<CompletableFuture<@Nullable Void>> prestarts = new ArrayList<>();
    private int target;
    private int lastWorker;
    private int failedStarts;

    /**
     * Creates the staffing of a pool.
     *
     * @param maker makes a worker of a number, which is started later
     */
    Staffing(PoolOptions options, Crew crew, Life life, Counters counters, IntFunction<WorkerSlot> maker) {
        this.crew = crew;
        this.life = life;
        this.counters = counters;
        this.maker = maker;
        this.startAttempts = options.startAttempts();
        this.target = options.workers();
    }

    /** Returns how many workers there may be. */
    int target() {
        return target;
    }

    void resize(int workers) {
        target = workers;
    }

    /** Wants all workers, and completes {@code started} when they are ready. */
    void prestart(CompletableFuture<@Nullable Void> started) {
        prestarts.add(started);
    }

    boolean isPrestarting() {
        return !prestarts.isEmpty();
    }

    /** Notes that a worker does what it is for. */
    void succeeded() {
        failedStarts = 0;
    }

    /** Lets go those that are too many. */
    void trim() {
        if (crew.staying() > target) {
            crew.shrinkTo(target);
        }
    }

    /** Returns workers to start for {@code queued} tasks, already counted. */
    List<WorkerSlot> hire(int queued) {
        int room = target - crew.size();
        if (room <= 0 || life.isStopped() || life.isBroken()) {
            return List.of();
        }
        int wanted = queued + crew.waitingBehind() - crew.starting();
        int count = prestarts.isEmpty() ? Math.min(room, wanted) : room;
        List<WorkerSlot> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            WorkerSlot slot = maker.apply(++lastWorker);
            counters.started();
            crew.add(slot);
            fresh.add(slot);
        }
        return fresh;
    }

    /** Notes a failed start, which breaks the pool if it was one too many. */
    void startFailed(WorkerSlot slot, WorkerEnd end) {
        failedStarts++;
        if (failedStarts < startAttempts) {
            return;
        }
        int others = crew.staying() - crew.starting();
        if (others == 0) {
            life.breakDown(new Crash(slot.describe(), end).broken(failedStarts));
            return;
        }
        System.getLogger("dev.fleche.processes")
                .log(
                        Level.WARNING,
                        "{0} workers in a row could not start; the pool goes on with {1}. The last: {2}",
                        failedStarts,
                        others,
                        end.reason());
        target = others;
    }

    /** Completes the futures of those who wait for all workers, if there is nothing to wait for. */
    void settlePrestarts() {
        if (prestarts.isEmpty()) {
            return;
        }
        RejectedExecutionException refusal = life.isRunning() ? null : life.refusal();
        if (refusal != null || (crew.starting() == 0 && crew.staying() >= target)) {
            List<CompletableFuture<@Nullable Void>> settled = List.copyOf(prestarts);
            prestarts.clear();
            Completions.run(() -> settled.forEach(started -> settle(started, refusal)));
        }
    }

    private static void settle(
            CompletableFuture<@Nullable Void> started, @Nullable RejectedExecutionException refusal) {
        if (refusal == null) {
            started.complete(null);
        } else {
            started.completeExceptionally(refusal);
        }
    }
}
