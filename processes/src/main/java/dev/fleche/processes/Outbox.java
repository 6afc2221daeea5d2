package dev.fleche.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be sent, and the loop that sends them.
 *
 * <p>What has gathered meanwhile leaves with one system call. Safe for use by several threads.
 */
final class Outbox {

    private static final int BUFFER_BYTES = 128 << 10;

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long outputBytes;
    private boolean closed;
    private boolean idle = true;

    /** Adds a frame; never blocks. Returns whether it will be sent, as far as we know. */
    synchronized boolean add(Frame frame) {
        if (closed) {
            return false;
        }
        frames.add(frame);
        if (frames.size() == 1) {
            notifyAll();
        }
        return true;
    }

    /** Adds a frame of output; waits while more than {@code maxBytes} of output wait to be sent. */
    synchronized void addOutput(Frame frame, long maxBytes) {
        boolean interrupted = false;
        while (outputBytes > maxBytes && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // a task that prints is not to lose lines for being interrupted
            }
        }
        outputBytes += frame.payload().bytes();
        add(frame);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets nothing more in; what waits is still sent. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until all frames have left, or for {@code nanos}. */
    synchronized void awaitSent(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (!frames.isEmpty() || !idle) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                // the last frames matter more
            }
        }
    }

    /** Sends frames until the outbox is closed and empty. */
    void sendTo(WritableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        while (true) {
            Frame frame = take(buffer.position() == 0);
            if (frame != null) {
                put(frame, buffer, channel);
            } else if (buffer.position() > 0) {
                flush(buffer, channel);
            } else {
                return;
            }
        }
    }

    private synchronized @Nullable Frame take(boolean waits) {
        while (waits && frames.isEmpty() && !closed) {
            idle = true;
            notifyAll();
            try {
                wait();
            } catch (InterruptedException e) {
                closed = true; // nobody but a program that means to end us interrupts this thread
            }
        }
        Frame frame = frames.poll();
        idle = false;
        if (frame != null && (frame.kind() == Frame.OUTPUT || frame.kind() == Frame.ERROR_OUTPUT)) {
            outputBytes -= frame.payload().bytes();
            notifyAll();
        }
        return frame;
    }

    private static void put(Frame frame, ByteBuffer buffer, WritableByteChannel channel) throws IOException {
        Payload payload = frame.payload();
        room(Frame.HEAD_BYTES, buffer, channel);
        buffer.put(frame.kind()).putInt(payload.count()).putLong(frame.task());
        for (int i = 0; i < payload.count(); i++) {
            room(Integer.BYTES, buffer, channel);
            buffer.putInt(payload.part(i).length);
        }
        for (int i = 0; i < payload.count(); i++) {
            put(payload.part(i), buffer, channel);
        }
    }

    private static void put(byte[] part, ByteBuffer buffer, WritableByteChannel channel) throws IOException {
        int offset = 0;
        while (offset < part.length) {
            room(1, buffer, channel);
            int length = Math.min(part.length - offset, buffer.remaining());
            buffer.put(part, offset, length);
            offset += length;
        }
    }

    private static void room(int bytes, ByteBuffer buffer, WritableByteChannel channel) throws IOException {
        if (buffer.remaining() < bytes) {
            flush(buffer, channel);
        }
    }

    private static void flush(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
