package dev.fleche.processes;

import dev.fleche.codec.Value;
import java.io.ByteArrayInputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectStreamException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A way from tasks and results to bytes and back, by Java's serialization behind a filter.
 *
 * <p>Bytes of one codec are read by another only in a process with the same class path. Safe for use by several
 * threads.
 */
final class TaskCodec {

    private static final byte NULL = 0;
    private static final byte OBJECT = 1;
    private static final byte INTEGER = 2;
    private static final byte LONG = 3;
    private static final byte DOUBLE = 4;
    private static final byte TRUE = 5;
    private static final byte FALSE = 6;
    private static final byte ENCODED = 7;
    private static final byte STORED = 8;

    private final @Nullable ObjectInputFilter filter;
    private final TaskClasses classes;

    /**
     * Makes a codec that finds classes by {@code loader}, and reads what {@link dev.fleche.SerialFilter} lets pass.
     *
     * @param filter the user's own, which decides about further classes; or null
     */
    TaskCodec(ClassLoader loader, @Nullable ObjectInputFilter filter) {
        this.filter = filter;
        this.classes = new TaskClasses(loader);
    }

    /**
     * Returns the filter of a pattern as {@link ObjectInputFilter.Config#createFilter} has them; null if it is empty.
     */
    static @Nullable ObjectInputFilter filter(String pattern) {
        return pattern.isEmpty() ? null : ObjectInputFilter.Config.createFilter(pattern);
    }

    /**
     * Returns the bytes of a task or a result.
     *
     * @throws NotSerializableException if a part of it is not serializable; the message says which
     * @throws ObjectStreamException if it cannot be written for another reason
     */
    Payload encode(@Nullable Object object) throws ObjectStreamException {
        Payload plain = object instanceof CallResult result ? callResult(result) : scalar(object);
        if (plain != null) {
            return plain;
        }
        try {
            TaskOutput bytes = new TaskOutput(OBJECT);
            TaskObjectOutput out = new TaskObjectOutput(bytes);
            out.writeObject(object);
            out.flush();
            return out.payload(bytes.toByteArray());
        } catch (NotSerializableException e) {
            throw SerializationTrouble.notSerializable(e);
        } catch (ObjectStreamException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // code of the user, which may fail in any way
            throw SerializationTrouble.notWritten(object, e);
        }
    }

    private static @Nullable Payload callResult(CallResult result) {
        if (result instanceof CallResult.Encoded encoded) {
            return new Payload(new byte[] {ENCODED}, encoded.value().encoded());
        } else if (result instanceof CallResult.Stored stored) {
            byte[] address = stored.address().toString().getBytes(StandardCharsets.US_ASCII);
            return new Payload(new byte[] {STORED}, address);
        }
        return null;
    }

    /** Returns the bytes of a scalar or null; null if the object is something else. */
    static @Nullable Payload scalar(@Nullable Object object) {
        if (object == null) {
            return new Payload(new byte[] {NULL});
        } else if (object instanceof Integer value) {
            return new Payload(ByteBuffer.allocate(5).put(INTEGER).putInt(value).array());
        } else if (object instanceof Long value) {
            return new Payload(ByteBuffer.allocate(9).put(LONG).putLong(value).array());
        } else if (object instanceof Double value) {
            return new Payload(
                    ByteBuffer.allocate(9).put(DOUBLE).putDouble(value).array());
        } else if (object instanceof Boolean value) {
            return new Payload(new byte[] {value ? TRUE : FALSE});
        }
        return null;
    }

    /**
     * Returns the object of bytes that {@link #encode} made.
     *
     * @throws ObjectStreamException if a class is rejected, unknown or changed, or the object refuses to be read
     */
    @Nullable
    Object decode(Payload payload) throws ObjectStreamException {
        byte[] bytes = payload.part(0);
        if (bytes.length == 0) {
            throw new InvalidObjectException("what was sent has no content");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        return switch (bytes[0]) {
            case NULL -> null;
            case INTEGER -> rest.getInt();
            case LONG -> rest.getLong();
            case DOUBLE -> rest.getDouble();
            case TRUE -> true;
            case FALSE -> false;
            case OBJECT -> object(payload, bytes);
            case ENCODED -> new CallResult.Encoded(Value.ofEncoded(payload.part(1)));
            case STORED ->
                new CallResult.Stored(
                        dev.fleche.digest.Address.parse(new String(payload.part(1), StandardCharsets.US_ASCII)));
            default -> throw new InvalidObjectException("no form of a task or result has number " + bytes[0]);
        };
    }

    private @Nullable Object object(Payload payload, byte[] bytes) throws ObjectStreamException {
        TaskObjectInput in = null;
        try {
            in = new TaskObjectInput(new ByteArrayInputStream(bytes, 1, bytes.length - 1), payload, classes, filter);
            return in.readObject();
        } catch (InvalidClassException e) {
            throw SerializationTrouble.rejected(e, in == null ? "something" : in.refused());
        } catch (ObjectStreamException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // code of the user, which may fail in any way
            throw SerializationTrouble.notRead(e);
        }
    }
}
