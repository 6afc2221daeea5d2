package dev.fleche.cache;

import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;

/** What a thread must know of its own stack before others rely on it, or it relies on others. */
final class CallStack {

    /** Frames enough for what must not fail once others wait: landing a flight. */
    private static final int SPARE_FRAMES = 64;

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private CallStack() {}

    /**
     * Makes sure that the stack is deep enough to land a flight.
     *
     * @throws StackOverflowError if it is not
     */
    static void requireSpareFrames() {
        long seed = System.identityHashCode(STACK);
        touch(SPARE_FRAMES, seed, seed, seed, seed);
    }

    /** Uses {@code frames} frames of the stack, each a little larger than needed. */
    private static long touch(int frames, long a, long b, long c, long d) {
        return frames == 0 ? a ^ b ^ c ^ d : touch(frames - 1, b, c, d, a + frames) + (a ^ c);
    }

    /**
     * Returns whether this is a fork/join worker that runs one task on top of another.
     *
     * <p>A worker that joins a task runs others meanwhile, related or not. The task below may be part of the very
     * computation that the one on top is about to wait for.
     */
    static boolean isInNestedTask() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread
                && STACK.walk(
                        frames -> frames.filter(CallStack::isRunOfTask).limit(2).count() > 1);
    }

    private static boolean isRunOfTask(StackWalker.StackFrame frame) {
        return frame.getMethodName().equals("exec")
                && frame.getDescriptor().equals("()Z")
                && ForkJoinTask.class.isAssignableFrom(frame.getDeclaringClass());
    }
}
