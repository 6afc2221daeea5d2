package dev.fleche.processes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for a worker, in the order of their numbers.
 *
 * <p>Tasks that come back from a worker without having begun are older than all that no worker has seen, and go first.
 * Abandoned tasks keep their place, empty, until their turn comes or they are the majority. Not thread-safe; guarded by
 * the pool's lock.
 */
final class TaskQueue {

    private static final int MIN_SWEPT = 64;

    private final ArrayDeque<PoolTask<?>> fresh = new ArrayDeque<>();
    private final PriorityQueue<PoolTask<?>> returned = new PriorityQueue<>(Comparator.comparingLong(PoolTask::number));
    private long lastNumber;
    private int abandoned;
    private long bytes;

    /** Adds a task at the end, under a number that no other task has had. */
    void add(PoolTask<?> task) {
        task.number(++lastNumber);
        fresh.addLast(task);
        bytes += task.payload().bytes();
    }

    /** Takes back a task that a worker was given and did not begin. */
    void giveBack(PoolTask<?> task) {
        returned.add(task);
        bytes += task.payload().bytes();
    }

    /** Returns the next task, or null if there is none. */
    @Nullable
    PoolTask<?> poll() {
        while (true) {
            PoolTask<?> task = returned.isEmpty() ? fresh.pollFirst() : returned.poll();
            if (task == null) {
                return null;
            }
            if (!task.isOver()) {
                bytes -= task.payload().bytes();
                return task;
            }
            abandoned--;
        }
    }

    /** Lets go a task in this queue; it never comes out. */
    void abandon(PoolTask<?> task) {
        bytes -= task.payload().bytes();
        abandoned++;
        task.end();
        if (abandoned > MIN_SWEPT && abandoned > size()) {
            fresh.removeIf(PoolTask::isOver);
            returned.removeIf(PoolTask::isOver);
            abandoned = 0;
        }
    }

    /** Returns the size of all tasks together. */
    long bytes() {
        return bytes;
    }

    int size() {
        return fresh.size() + returned.size() - abandoned;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Removes all tasks and returns them in their order. */
    List<PoolTask<?>> drain() {
        List<PoolTask<?>> all = new ArrayList<>();
        for (PoolTask<?> task = poll(); task != null; task = poll()) {
            all.add(task);
        }
        return all;
    }
}
