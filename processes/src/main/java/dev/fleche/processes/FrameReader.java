package dev.fleche.processes;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** The receiving end of a connection. Not thread-safe; confined to one thread. */
final class FrameReader {

    private static final int BUFFER_BYTES = 128 << 10;
    private static final int MAX_PARTS = 1 << 20;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();

    FrameReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** Returns the next frame, or null at the end; blocks. A frame that breaks off counts as the end. */
    @Nullable
    Frame read() throws IOException {
        if (!fill(Frame.HEAD_BYTES)) {
            return null;
        }
        byte kind = buffer.get();
        int count = buffer.getInt();
        long task = buffer.getLong();
        if (count < 0 || count > MAX_PARTS) {
            throw new ProtocolException("a frame has " + count + " parts: the connection does not carry our frames");
        }
        if (count == 0) {
            return new Frame(kind, task, Payload.EMPTY);
        }
        int[] lengths = readLengths(count);
        if (lengths == null) {
            return null;
        }
        int read = 0;
        try {
            byte[][] parts = new byte[count][];
            for (; read < count; read++) {
                parts[read] = new byte[lengths[read]];
                if (!readFully(parts[read])) {
                    return null;
                }
            }
            return new Frame(kind, task, new Payload(parts));
        } catch (OutOfMemoryError e) {
            return skip(lengths, read) ? Frame.lost(kind, task) : null;
        }
    }

    /** Passes over parts for which there is no memory; reading one does not throw once it has begun. */
    private boolean skip(int[] lengths, int start) throws IOException {
        for (int i = start; i < lengths.length; i++) {
            for (long left = lengths[i]; left > 0; ) {
                if (!fill(1)) {
                    return false;
                }
                int passed = (int) Math.min(left, buffer.remaining());
                buffer.position(buffer.position() + passed);
                left -= passed;
            }
        }
        return true;
    }

    private int @Nullable [] readLengths(int count) throws IOException {
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            if (!fill(Integer.BYTES)) {
                return null;
            }
            lengths[i] = buffer.getInt();
            if (lengths[i] < 0) {
                throw new ProtocolException("a part of a frame has a negative length");
            }
        }
        return lengths;
    }

    private boolean readFully(byte[] bytes) throws IOException {
        int offset = 0;
        while (offset < bytes.length) {
            if (!fill(1)) {
                return false;
            }
            int length = Math.min(bytes.length - offset, buffer.remaining());
            buffer.get(bytes, offset, length);
            offset += length;
        }
        return true;
    }

    /** Makes at least {@code bytes} available; returns whether there are so many. */
    private boolean fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                if (channel.read(buffer) < 0) {
                    return false;
                }
            }
            return true;
        } finally {
            buffer.flip();
        }
    }
}
