package dev.fleche.processes;

import dev.fleche.Call;
import dev.fleche.transport.CallTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a worker, and the thread that runs them one after the other.
 *
 * <p>Safe for use by several threads.
 */
final class TaskRunner implements Runnable {

    private final Outbox outbox;
    private final TaskCodec codec;
    private final StandardStreams streams;
    private final @Nullable Payload initializer;
    private final ArrayDeque<Frame> tasks = new ArrayDeque<>();
    private @Nullable Thread thread;
    private long running = Frame.NO_TASK;
    private @Nullable BegunMark mark;

    TaskRunner(Outbox outbox, TaskCodec codec, StandardStreams streams, Payload setup) {
        this.outbox = outbox;
        this.codec = codec;
        this.streams = streams;
        this.initializer = setup.count() > 1 ? setup.from(1) : null;
    }

    /** Starts the thread. */
    synchronized void start(String name, long stackBytes) {
        thread = new Thread(null, this, name, stackBytes);
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a frame of the parent. */
    synchronized void accept(Frame frame) throws IOException {
        if (frame.kind() == Frame.MARK) {
            mark = BegunMark.open(Path.of(new String(frame.payload().part(0), StandardCharsets.UTF_8)));
            mark.deleteFile();
        } else if (frame.kind() == Frame.CANCEL && frame.task() == running && thread != null) {
            thread.interrupt();
        } else if (frame.kind() == Frame.CANCEL || frame.kind() == Frame.RECALL) {
            drop(frame.task());
        } else {
            tasks.add(frame);
            notifyAll();
        }
    }

    private void drop(long task) {
        for (Iterator<Frame> waiting = tasks.iterator(); waiting.hasNext(); ) {
            Frame frame = waiting.next();
            if (frame.kind() == Frame.TASK && frame.task() == task) {
                waiting.remove();
                outbox.add(new Frame(Frame.DROPPED, task, Payload.EMPTY));
                return;
            }
        }
    }

    @Override
    public void run() {
        try {
            runAll();
        } catch (Throwable e) { // nothing but our own trouble gets here, and a full heap
            Orphan.halt();
        }
    }

    private void runAll() {
        if (initializer != null) {
            initialize(initializer);
        }
        outbox.add(new Frame(Frame.READY, Frame.NO_TASK, Payload.EMPTY));
        Orphan.watch();
        for (Frame frame = next(); frame.kind() == Frame.TASK; frame = next()) {
            run(frame);
        }
        System.exit(0);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the stack trace is part of the worker's last output
    private void initialize(Payload task) {
        try {
            call(codec.decode(task));
        } catch (Throwable e) {
            e.printStackTrace();
            giveUp(e);
        }
    }

    /** Ends this process, which is of no use any more. */
    private void giveUp(Throwable cause) {
        outbox.add(new Frame(Frame.UNUSABLE, Frame.NO_TASK, Failure.encode(cause, codec)));
        System.exit(1);
    }

    /** Forgets what the last task has left on the thread, and waits for the next. */
    private synchronized Frame next() {
        running = Frame.NO_TASK;
        Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        Thread.interrupted();
        while (tasks.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                // meant for a task that has ended
            }
        }
        Frame frame = tasks.remove();
        running = frame.task();
        if (mark != null && frame.kind() == Frame.TASK) {
            mark.begins(running);
        }
        return frame;
    }

    private void run(Frame frame) {
        streams.beginTask(frame.task());
        Frame answer;
        Throwable thrown = null;
        try {
            answer = result(frame);
        } catch (Throwable e) { // whatever it is, it is the task's, and its future's
            thrown = e instanceof OutOfMemoryError error ? Memory.explained(error) : e;
            answer = new Frame(Frame.FAILURE, frame.task(), Failure.encode(thrown, codec));
        }
        streams.endTask();
        outbox.add(answer);
        if (thrown instanceof OutOfMemoryError) {
            giveUp(thrown); // other threads may have met it too, so nobody knows what state this JVM is in
        }
    }

    @SuppressWarnings("NullAway") // the call returned the result, and says if it may be null
    private Frame result(Frame frame) throws Exception {
        if (frame.isLost()) {
            throw new OutOfMemoryError("no room for the task");
        }
        Object body = codec.decode(frame.payload());
        long start = System.nanoTime();
        Object result = call(body);
        Call<@Nullable Object> made = madeCall(body);
        if (made != null) {
            CallTransport.of(made).await(result);
        }
        long elapsed = System.nanoTime() - start;
        Payload encoded = made == null ? codec.encode(result) : CallResult.encode(made, result, body == made, codec);
        return new Frame(Frame.RESULT, frame.task(), encoded.after(bytes(elapsed)));
    }

    /** Returns the call that a task is or holds, or null if there is none. */
    @SuppressWarnings("unchecked") // whatever a call returns is an object, or null if it says so
    private static @Nullable Call<@Nullable Object> madeCall(@Nullable Object body) {
        Object call = body instanceof CallResult.Inline<?> inline ? inline.plain() : body;
        return call instanceof Call<?> ? (Call<@Nullable Object>) call : null;
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static @Nullable Object call(@Nullable Object body) throws Exception {
        if (body instanceof Callable<?> callable) {
            return callable.call();
        } else if (body instanceof Runnable runnable) {
            runnable.run();
            return null;
        }
        throw new IllegalArgumentException("a task is a Callable or a Runnable, and this is neither: " + body);
    }
}
