package dev.fleche.processes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workers of a pool: who gets the next task, who is to leave. Not thread-safe; guarded by the pool's lock. */
final class Crew {

    private final List<WorkerSlot> slots = new ArrayList<>();

    void add(WorkerSlot slot) {
        slots.add(slot);
    }

    void remove(WorkerSlot slot) {
        slots.remove(slot);
    }

    /** Returns all workers, those that are ending too. */
    List<WorkerSlot> all() {
        return List.copyOf(slots);
    }

    boolean has(WorkerSlot slot) {
        return slots.contains(slot);
    }

    int size() {
        return slots.size();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** Returns who gets the next task: the one with the fewest, of idle ones the latest; null if nobody has room. */
    @Nullable
    WorkerSlot next(int depth) {
        WorkerSlot best = null;
        for (WorkerSlot slot : slots) {
            if (slot.hasRoom(depth) && (best == null || isBetter(slot, best))) {
                best = slot;
            }
        }
        return best;
    }

    private static boolean isBetter(WorkerSlot one, WorkerSlot other) {
        if (one.inFlight() != other.inFlight()) {
            return one.inFlight() < other.inFlight();
        }
        // the latest stays busy, so that the others can be let go
        return one.inFlight() == 0 && one.since() - other.since() > 0;
    }

    int starting() {
        return (int) slots.stream().filter(WorkerSlot::isStarting).count();
    }

    int idle() {
        return (int) slots.stream().filter(WorkerSlot::isIdle).count();
    }

    /** Returns how many workers are there to stay. */
    int staying() {
        int count = 0;
        for (WorkerSlot slot : slots) {
            count += slot.isLeaving() ? 0 : 1;
        }
        return count;
    }

    /** Returns how many tasks are with workers. */
    int inFlight() {
        int count = 0;
        for (WorkerSlot slot : slots) {
            count += slot.inFlight();
        }
        return count;
    }

    /** Returns how many tasks wait behind another at their worker. */
    int waitingBehind() {
        int count = 0;
        for (WorkerSlot slot : slots) {
            count += Math.max(0, slot.inFlight() - 1);
        }
        return count;
    }

    /** Lets workers go until {@code count} stay: idle ones first, then those that start, then busy ones. */
    void shrinkTo(int count) {
        for (int surplus = staying() - count; surplus > 0; surplus--) {
            WorkerSlot leaver = slots.stream()
                    .filter(slot -> !slot.isLeaving())
                    .min(Comparator.comparingInt(Crew::worth).thenComparingLong(WorkerSlot::since))
                    .orElseThrow();
            if (leaver.inFlight() > 1) {
                leaver.recallAllBehindHead();
            }
            leaver.finish();
        }
    }

    private static int worth(WorkerSlot slot) {
        return slot.isIdle() ? 0 : slot.isStarting() ? 1 : 2;
    }

    /** Lets go those that have been idle for {@code nanos}, as long as more than {@code least} stay. */
    void reap(long nanos, int least) {
        long now = System.nanoTime();
        for (WorkerSlot slot : slots) {
            if (staying() > least && slot.isIdle() && now - slot.since() >= nanos) {
                slot.finish();
            }
        }
    }

    /** Lets go those that have nothing to do. */
    void dismissUnoccupied() {
        for (WorkerSlot slot : slots) {
            if (slot.isIdle() || slot.isStarting()) {
                slot.finish();
            }
        }
    }

    /** Returns for how long the longest idle worker has been idle; empty if none is. */
    Optional<Long> longestIdleNanos() {
        long now = System.nanoTime();
        return slots.stream()
                .filter(WorkerSlot::isIdle)
                .map(slot -> now - slot.since())
                .max(Comparator.naturalOrder());
    }
}
