package dev.fleche.cache;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the locks that threads wait for: monitors, and those that know their owner as {@code ReentrantLock} does.
 *
 * <p>Nothing is known of virtual threads, nor in a run-time image without the module {@code java.management}.
 * Immutable.
 */
final class LockOwners {

    private static final @Nullable ThreadMXBean THREADS = find();

    private LockOwners() {}

    private static @Nullable ThreadMXBean find() {
        try {
            return ManagementFactory.getThreadMXBean();
        } catch (LinkageError | RuntimeException e) {
            // the module is not there, or the program forbids it
            return null;
        }
    }

    /** Returns the id of the thread that holds the lock for which another one waits at this moment, if it is known. */
    static OptionalLong ownerAwaitedBy(long thread) {
        ThreadMXBean threads = THREADS;
        ThreadInfo info = threads == null ? null : threads.getThreadInfo(thread);
        long owner = info == null ? -1 : info.getLockOwnerId();
        return owner < 0 ? OptionalLong.empty() : OptionalLong.of(owner);
    }
}
