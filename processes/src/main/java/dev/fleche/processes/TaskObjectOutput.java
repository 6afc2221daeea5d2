package dev.fleche.processes;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that names classes by name and serial version alone, and puts large arrays of bytes aside.
 *
 * <p>Both ends have the same class path, so the fields need no description. Not thread-safe.
 */
final class TaskObjectOutput extends ObjectOutputStream {

    private final List<byte[]> aside = new ArrayList<>(1);

    TaskObjectOutput(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    /** Returns the serialized form together with what was put aside. */
    Payload payload(byte[] serialized) {
        byte[][] parts = new byte[1 + aside.size()][];
        parts[0] = serialized;
        for (int i = 0; i < aside.size(); i++) {
            parts[i + 1] = aside.get(i);
        }
        return new Payload(parts);
    }

    @Override
    protected void writeStreamHeader() {
        // both ends know what follows
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass descriptor) throws IOException {
        writeUTF(descriptor.getName());
        writeLong(descriptor.getSerialVersionUID());
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
        if (object == null || !object.getClass().isArray() || !LargeArray.isLarge(object)) {
            return object;
        }
        aside.add(LargeArray.bytes(object));
        return new LargeArray(LargeArray.kind(object), aside.size());
    }
}
