package dev.fleche.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** A stream that reads what {@link TaskObjectOutput} wrote. Not thread-safe. */
final class TaskObjectInput extends ObjectInputStream {

    private final Payload payload;
    private final TaskClasses classes;

    TaskObjectInput(InputStream in, Payload payload, TaskClasses classes, ObjectInputFilter filter) throws IOException {
        super(in);
        this.payload = payload;
        this.classes = classes;
        setObjectInputFilter(filter);
        enableResolveObject(true);
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
