package dev.fleche.processes;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM and the connection to it.
 *
 * <p>Tasks run there one after the other, in the order of sending. Safe for use by several threads.
 */
final class Worker {

    private final WorkerSpec spec;
    private final int number;
    private final Listener listener;
    private final Outbox outbox = new Outbox();
    private final OutputLines lines;

    private volatile @Nullable Process process;
    private volatile @Nullable String killed;
    private @Nullable BegunMark mark;
    private boolean ready;
    private @Nullable TaskCodec codec;
    private volatile @Nullable String reason;
    private @Nullable Throwable cause;

    private Worker(WorkerSpec spec, int number, Listener listener) {
        this.spec = spec;
        this.number = number;
        this.listener = listener;
        this.lines = new OutputLines(number, spec.output());
    }

    /**
     * What becomes of a worker and its tasks.
     *
     * <p>Called by one thread of the worker, in order. Must not block: other results of the worker wait.
     */
    interface Listener {

        /** The worker has started, and its initializer has run. */
        void ready(Worker worker);

        /**
         * A task has returned.
         *
         * @throws ProtocolException if the worker had no such task
         */
        void result(Worker worker, long task, @Nullable Object value, TaskTiming timing) throws ProtocolException;

        /** A task has thrown, or it or its result could not be sent. */
        void failed(Worker worker, long task, Throwable thrown) throws ProtocolException;

        /** A task was cancelled or recalled before it began, and never will. */
        default void dropped(Worker worker, long task) throws ProtocolException {
            failed(worker, task, new CancellationException("cancelled before it began"));
        }

        /** The worker is gone, with the tasks of which nothing has been heard. Called once, last. */
        void ended(Worker worker, WorkerEnd end);
    }

    /** What a task cost: the time from its start to its end in the worker, without the ways. */
    record TaskTiming(long elapsedNanos) {}

    /** Starts a worker; returns at once. */
    static Worker start(WorkerSpec spec, int number, Listener listener) {
        Worker worker = new Worker(spec, number, listener);
        worker.daemon("", worker::run);
        return worker;
    }

    int number() {
        return number;
    }

    /** Returns the id of the process, once there is one. */
    OptionalLong pid() {
        Process running = process;
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    /**
     * Sends a task; never blocks. The task is a {@code Callable} or {@code Runnable}; its number is the caller's
     * choice.
     */
    void send(long task, Payload payload) {
        outbox.add(new Frame(Frame.TASK, task, payload));
    }

    /** Interrupts a task that runs, and drops one that has not begun. */
    void cancel(long task) {
        outbox.add(new Frame(Frame.CANCEL, task, Payload.EMPTY));
    }

    /** Drops a task that has not begun, and leaves one that has alone. */
    void recall(long task) {
        outbox.add(new Frame(Frame.RECALL, task, Payload.EMPTY));
    }

    /** Lets the worker end after the tasks sent so far. */
    void finish() {
        outbox.add(new Frame(Frame.FINISH, Frame.NO_TASK, Payload.EMPTY));
    }

    /**
     * Ends the worker soon, with the processes that it has started; never blocks.
     *
     * @param why goes on from the name of the worker, if somebody is told of its end
     */
    void kill(String why) {
        if (killed == null) {
            killed = why;
        }
        Process running = process;
        if (running != null) {
            // looks through the processes of the system, which takes a while
            daemon(" end", () -> destroy(running));
        }
    }

    private static void destroy(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private void run() {
        try (Door door = Door.open()) {
            Launcher.Launched launched = Launcher.start(spec, number, door);
            Process started = launched.process();
            process = started;
            if (killed != null) {
                destroy(started);
            }
            daemon(" output", () -> lines.read(started.getInputStream(), false));
            daemon(" errors", () -> {
                lines.read(started.getErrorStream(), true);
                closeAfter(started, door);
            });
            Future<?> late = Timers.cancellableAfter(spec.startLimit(), () -> giveUp(door));
            codec();
            try (SocketChannel channel = door.await()) {
                late.cancel(false);
                door.close();
                launched.deleteArguments();
                serve(channel);
            } finally {
                late.cancel(false);
                launched.deleteArguments();
            }
        } catch (ProtocolException e) {
            giveUp("broke the protocol: " + e.getMessage(), e);
        } catch (IOException e) {
            if (reason == null && !ready) {
                cause = e;
            }
        } catch (RuntimeException | Error e) {
            giveUp("could not be " + (process == null ? "started: " : "listened to any more: ") + e, e);
        } finally {
            outbox.close();
            end();
        }
    }

    private void giveUp(String why, Throwable thrown) {
        if (reason == null) {
            reason = why;
            cause = thrown;
        }
        Process running = process;
        if (running != null) {
            destroy(running);
        }
    }

    /** A process that ends before it has come to the door will not come. */
    private static void closeAfter(Process process, Door door) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the thread of a worker was interrupted", e);
        }
        close(door);
    }

    private void giveUp(Door door) {
        reason = "did not start within " + spec.startLimit();
        close(door);
    }

    private static void close(Door door) {
        try {
            door.close();
        } catch (IOException e) {
            // only a file in the directory for temporary files stays behind
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        Payload initializer = spec.initializer();
        Outbox first = new Outbox();
        first.add(new Frame(Frame.SETUP, spec.stackBytes(), setup(initializer)));
        BegunMark begun = BegunMark.create();
        mark = begun;
        first.add(new Frame(
                Frame.MARK, Frame.NO_TASK, new Payload(begun.file().toString().getBytes(StandardCharsets.UTF_8))));
        first.close();
        first.sendTo(channel);
        daemon(" sender", () -> {
            try {
                outbox.sendTo(channel);
            } catch (IOException e) {
                outbox.close(); // the reader sees the end of the worker
            }
        });
        FrameReader reader = new FrameReader(channel);
        for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
            if (frame.kind() == Frame.BYE) {
                channel.shutdownOutput();
            } else {
                accept(frame);
            }
        }
    }

    private Payload setup(@Nullable Payload initializer) {
        byte[] filter = spec.filter().getBytes(StandardCharsets.UTF_8);
        return (initializer == null ? Payload.EMPTY : initializer).after(filter);
    }

    private void accept(Frame frame) throws IOException {
        switch (frame.kind()) {
            case Frame.READY -> {
                ready = true;
                ClassArchive.of(spec).ifPresent(ClassArchive::makeUnlessPresent);
                listener.ready(this);
            }
            case Frame.RESULT -> result(frame);
            case Frame.FAILURE -> listener.failed(this, frame.task(), thrown(frame));
            case Frame.DROPPED -> listener.dropped(this, frame.task());
            case Frame.OUTPUT, Frame.ERROR_OUTPUT ->
                lines.accept(frame.task(), frame.kind() == Frame.ERROR_OUTPUT, first(frame));
            case Frame.UNUSABLE -> {
                cause = thrown(frame);
                reason = (ready ? "gave up: " : "its initializer failed: ") + cause;
            }
            default -> throw new ProtocolException("no frame has kind " + frame.kind());
        }
    }

    private static byte[] first(Frame frame) throws ProtocolException {
        if (frame.payload().count() == 0) {
            throw new ProtocolException("a frame of kind " + frame.kind() + " has no parts");
        }
        return frame.payload().part(0);
    }

    /** Made while the process starts, since it takes about as long. */
    private TaskCodec codec() {
        TaskCodec made = codec;
        if (made == null) {
            made = spec.codec();
            codec = made;
        }
        return made;
    }

    private void result(Frame frame) throws ProtocolException {
        Payload all = frame.payload();
        if (!frame.isLost() && (first(frame).length != Long.BYTES || all.count() == 1)) {
            throw new ProtocolException("a result has " + all.count() + " parts, the first of " + first(frame).length
                    + " bytes; expected a time of " + Long.BYTES + " and a value");
        }
        Object value;
        try {
            if (frame.isLost()) {
                throw new OutOfMemoryError("this program has no room for the result of a task");
            }
            value = codec().decode(all.from(1));
        } catch (Throwable e) { // code of the user, or no room; the next result is none the worse for it
            listener.failed(this, frame.task(), e);
            return;
        }
        listener.result(
                this,
                frame.task(),
                value,
                new TaskTiming(ByteBuffer.wrap(all.part(0)).getLong()));
    }

    private Throwable thrown(Frame frame) throws ProtocolException {
        if (frame.isLost()) {
            return new OutOfMemoryError("this program has no room for what a task threw");
        }
        first(frame);
        try {
            Throwable thrown = Failure.decode(frame.payload(), codec());
            RemoteTrace.attach(thrown, number, pid().orElse(0), frame.task());
            return thrown;
        } catch (Throwable e) { // no room
            return e;
        }
    }

    private void end() {
        BegunMark begun = mark;
        if (begun != null) {
            begun.deleteFile(); // a worker that has started has deleted it
        }
        Process running = process;
        OptionalInt exitCode = OptionalInt.empty();
        if (running != null) {
            exitCode = OptionalInt.of(exitCode(running));
            lines.awaitEnd();
        }
        listener.ended(
                this,
                new WorkerEnd(
                        ready,
                        begun == null ? Frame.NO_TASK : begun.last(),
                        exitCode,
                        lines.last(),
                        reason(exitCode),
                        Optional.ofNullable(cause)));
    }

    private String reason(OptionalInt exitCode) {
        String ours = killed;
        if (reason != null) {
            return reason;
        } else if (ours != null) {
            return ours;
        }
        return exitCode.isPresent() ? Signals.explain(exitCode.getAsInt()) : "could not be started: " + cause;
    }

    private int exitCode(Process running) {
        try {
            if (!running.waitFor(ready ? 10 : 1, TimeUnit.SECONDS)) {
                destroy(running);
            }
            return running.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the thread of a worker was interrupted", e);
        }
    }

    private void daemon(String role, Runnable body) {
        Thread thread = new Thread(null, body, "fleche worker " + number + role, 0, false);
        thread.setDaemon(true);
        thread.start();
    }
}
