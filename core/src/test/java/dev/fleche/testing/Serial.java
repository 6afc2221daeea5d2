package dev.fleche.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.function.LongFunction;

/** Objects to bytes and back, by the JDK's serialisation. */
public final class Serial {

    private Serial() {}

    /** Returns what {@code object} is serialised as. */
    public static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /** Returns the object that {@code bytes} are, read behind the filter for a stream of their length. */
    public static Object object(byte[] bytes, LongFunction<? extends ObjectInputFilter> filter)
            throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(filter.apply(bytes.length));
            return in.readObject();
        }
    }

    /** Returns what comes back when {@code object} is written and read. */
    @SuppressWarnings("unchecked") // what is read is of the class that was written
    public static <T> T copy(T object, LongFunction<? extends ObjectInputFilter> filter)
            throws IOException, ClassNotFoundException {
        return (T) object(bytes(object), filter);
    }
}
