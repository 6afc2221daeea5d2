package dev.fleche.processes;

import dev.fleche.SerialFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** A stream that reads what {@link TaskObjectOutput} wrote. Not thread-safe. */
final class TaskObjectInput extends ObjectInputStream {

    private final Payload payload;
    private final TaskClasses classes;

    private final NotingFilter filter;

    /**
     * Opens a stream.
     *
     * @param payload the stream, and the arrays put aside; the filter lets as many bytes pass as both have
     * @param user what the user's filter decides, or null
     */
    TaskObjectInput(InputStream in, Payload payload, TaskClasses classes, @Nullable ObjectInputFilter user)
            throws IOException {
        super(in);
        this.payload = payload;
        this.classes = classes;
        long bytes = payload.bytes();
        this.filter = new NotingFilter(user == null ? SerialFilter.of(bytes) : SerialFilter.of(bytes, user));
        setObjectInputFilter(filter);
        enableResolveObject(true);
    }

    /** Returns what the filter has refused, for messages. */
    String refused() {
        return filter.refused;
    }

    /** A filter that remembers what it has refused, which the stream's exception does not tell. */
    private static final class NotingFilter implements ObjectInputFilter {

        private final ObjectInputFilter filter;
        private String refused = "something";

        NotingFilter(ObjectInputFilter filter) {
            this.filter = filter;
        }

        @Override
        public @Nullable Status checkInput(FilterInfo info) {
            Status status = filter.checkInput(info);
            if (status == Status.REJECTED) {
                Class<?> type = info.serialClass();
                refused = type == null
                        ? "objects at depth " + info.depth()
                        : info.arrayLength() >= 0 && type.isArray()
                                ? "an array of " + info.arrayLength() + " elements of class " + type.getTypeName()
                                : "class " + type.getName() + " at depth " + info.depth();
            }
            return status;
        }
    }

    @Override
    protected void readStreamHeader() {
        // none was written
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        return classes.find(readUTF(), readLong());
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
        Class<?> known = descriptor.forClass();
        return known != null ? known : classes.load(descriptor.getName());
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
        return object instanceof LargeArray large ? large.array(payload) : object;
    }
}
