package dev.fleche.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the encoding that replaces long children by their digests on the way.
 *
 * <p>Every value that may become long is written in a frame of its own. All open frames share one buffer, each from its
 * start to the start of the next. Only the innermost one grows; when it gets longer than {@link #MAX_INLINE} bytes it
 * is drained into a SHA-256 of its own, so that memory does not grow with the value. A frame that closes undrained
 * stays where it is, as a part of its parent; a drained one leaves its digest there.
 *
 * <p>Not thread-safe; confined to one computation at a time.
 */
final class DigestWriter {

    /** The version of the encoding. */
    static final byte VERSION = 1;

    /** The length in bytes up to which a child stands in its parent. */
    static final int MAX_INLINE = 4096;

    private static final int CHUNK = 8192;
    private static final int MAX_KEPT = 1 << 20;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private static final class Frame {
        private final MessageDigest sha = Sha256.create();
        private int start;
        private boolean drained;
        private boolean held;
    }

    private final byte[] sum = new byte[Digest.BYTES];
    private byte[] buffer = new byte[2 * CHUNK];
    private Frame[] frames = {new Frame()};
    private Frame top = frames[0];
    private int depth;
    private int position;
    private int limit;

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins a digest, with the version byte and then {@code tag}. */
    void begin(int tag) {
        begin();
        buffer[1] = (byte) tag;
        position = 2;
    }

    /** Begins a digest with the version byte. */
    void begin() {
        depth = 0;
        top = frames[0];
        top.start = 0;
        top.drained = false;
        top.held = false;
        buffer[0] = VERSION;
        position = 1;
        limit = CHUNK;
    }

    /** Returns the digest of everything since {@link #begin}. */
    Digest finish() {
        Digest digest = sumOf(top);
        if (buffer.length > MAX_KEPT) {
            buffer = new byte[2 * CHUNK];
        }
        return digest;
    }

    /** Begins a child. */
    void open() {
        if (++depth == frames.length) {
            frames = Arrays.copyOf(frames, 2 * depth);
        }
        Frame frame = frames[depth];
        if (frame == null) {
            frame = new Frame();
            frames[depth] = frame;
        }
        frame.start = position;
        frame.drained = false;
        frame.held = false;
        top = frame;
        limit = Math.min(position + MAX_INLINE, buffer.length);
    }

    /** Ends the child begun last; returns its digest if it is long, and null if it stands in its parent. */
    @Nullable
    Digest close() {
        Frame closed = top;
        top = frames[--depth];
        if (!closed.drained && position - closed.start <= MAX_INLINE) {
            resume();
            return null;
        }
        if (!closed.drained) {
            closed.sha.update(VERSION);
        }
        Digest digest = sumOf(closed);
        position = closed.start;
        resume();
        putReference(digest);
        return digest;
    }

    /** Keeps what follows in the buffer, so that it can be {@linkplain #sort sorted}. */
    void hold() {
        top.held = true;
        limit = buffer.length;
    }

    /**
     * Sorts the entries written since {@link #hold}, the first {@code count} of {@code starts} telling where each
     * begins.
     */
    void sort(int[] starts, int count) {
        EntryOrder.sort(buffer, starts, count, position);
        top.held = false;
        resume();
    }

    int position() {
        return position;
    }

    void putReference(Digest digest) {
        require(1 + Digest.BYTES);
        buffer[position] = Tag.REF;
        digest.writeTo(buffer, position + 1);
        position += 1 + Digest.BYTES;
    }

    void putDigest(Digest digest) {
        require(Digest.BYTES);
        digest.writeTo(buffer, position);
        position += Digest.BYTES;
    }

    void putByte(int value) {
        require(1);
        buffer[position++] = (byte) value;
    }

    void putShort(int value) {
        require(2);
        SHORT.set(buffer, position, (short) value);
        position += 2;
    }

    void putInt(int value) {
        require(4);
        INT.set(buffer, position, value);
        position += 4;
    }

    void putLong(long value) {
        require(8);
        LONG.set(buffer, position, value);
        position += 8;
    }

    void putByte(int tag, int value) {
        require(2);
        buffer[position] = (byte) tag;
        buffer[position + 1] = (byte) value;
        position += 2;
    }

    void putShort(int tag, int value) {
        require(3);
        buffer[position] = (byte) tag;
        SHORT.set(buffer, position + 1, (short) value);
        position += 3;
    }

    void putInt(int tag, int value) {
        require(5);
        buffer[position] = (byte) tag;
        INT.set(buffer, position + 1, value);
        position += 5;
    }

    void putLong(int tag, long value) {
        require(9);
        buffer[position] = (byte) tag;
        LONG.set(buffer, position + 1, value);
        position += 9;
    }

    /** Writes bytes without their length. */
    void putBytes(byte[] bytes) {
        // in chunks even where SHA-256 could take the array itself: it is faster on aligned bytes in the cache
        for (int from = 0; from < bytes.length; from += CHUNK) {
            int length = Math.min(CHUNK, bytes.length - from);
            require(length);
            System.arraycopy(bytes, from, buffer, position, length);
            position += length;
        }
    }

    /** Writes the number of UTF-16 units and the units. */
    void putString(String text) {
        int length = text.length();
        putInt(length);
        if (2 * (long) length <= MAX_INLINE) {
            require(2 * length);
            for (int i = 0; i < length; i++) {
                SHORT.set(buffer, position + 2 * i, (short) text.charAt(i));
            }
            position += 2 * length;
        } else {
            char[] chars = new char[CHUNK / 2];
            for (int from = 0; from < length; from += chars.length) {
                int count = Math.min(chars.length, length - from);
                text.getChars(from, from + count, chars, 0);
                room(2 * count).asCharBuffer().put(chars, 0, count);
                position += 2 * count;
            }
        }
    }

    /** Writes the name of a class or member: the number of bytes and the bytes of modified UTF-8, as in class files. */
    void putName(String name) {
        byte[] bytes = Names.encode(name);
        putBytes(bytes);
    }

    /** Returns a little-endian view of the next {@code bytes} bytes, at most {@link #CHUNK}, that the caller fills. */
    ByteBuffer room(int bytes) {
        require(bytes);
        return ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).position(position);
    }

    /** Counts bytes written into {@link #room}. */
    void advance(int bytes) {
        position += bytes;
    }

    private void require(int bytes) {
        if (position + bytes > limit) {
            overflow(bytes);
        }
    }

    private void overflow(int bytes) {
        if (!top.held && (long) position + bytes > frameLimit()) {
            drain();
        }
        long needed = (long) position + bytes;
        if (needed > buffer.length) {
            grow(needed);
        }
        limit = (int) Math.min(frameLimit(), buffer.length);
    }

    private void grow(long needed) {
        if (needed > MAX_LENGTH) {
            throw new UndigestibleException(
                    "expected sets and maps without order of less than 2 GiB encoded, found a larger one");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_LENGTH, Math.max(needed, 2L * buffer.length)));
    }

    private void resume() {
        limit = (int) Math.min(frameLimit(), buffer.length);
        if (position > limit) {
            overflow(0);
        }
    }

    private long frameLimit() {
        if (top.held) {
            return Long.MAX_VALUE;
        }
        return (long) top.start + (top.drained || depth == 0 ? CHUNK : MAX_INLINE);
    }

    private void drain() {
        if (!top.drained) {
            top.drained = true;
            if (depth > 0) {
                top.sha.update(VERSION);
            }
        }
        top.sha.update(buffer, top.start, position - top.start);
        position = top.start;
    }

    private Digest sumOf(Frame frame) {
        frame.sha.update(buffer, frame.start, position - frame.start);
        try {
            frame.sha.digest(sum, 0, sum.length);
        } catch (DigestException e) {
            throw new AssertionError("SHA-256 has 32 bytes", e);
        }
        return Digest.of(sum, 0);
    }
}
