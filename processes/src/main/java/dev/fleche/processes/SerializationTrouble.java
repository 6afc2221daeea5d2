package dev.fleche.processes;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import org.jspecify.annotations.Nullable;

/** What to tell a user whose task or result could not be sent or received. */
final class SerializationTrouble {

    private SerializationTrouble() {}

    /** Explains the JDK's exception, which holds the name of the class alone; others have said it better. */
    static NotSerializableException notSerializable(NotSerializableException e) {
        String name = e.getMessage();
        if (name == null || name.indexOf(' ') >= 0) {
            return e;
        }
        String message = name.contains("$$Lambda")
                ? "what runs in another process must be serializable, and this lambda is not: " + name
                        + "; declare it as SerializableCallable or SerializableRunnable"
                : "what is sent to or from another process must be serializable, and this class is not: " + name
                        + "; let it implement java.io.Serializable, mark the field transient, or create the object"
                        + " inside the task";
        NotSerializableException explained = new NotSerializableException(message);
        explained.setStackTrace(e.getStackTrace());
        return explained;
    }

    static ObjectStreamException notWritten(@Nullable Object object, Throwable cause) {
        String name = object == null ? "null" : object.getClass().getName();
        return invalid("an object of " + name + " could not be serialized: " + cause, cause);
    }

    static ObjectStreamException rejected(InvalidClassException e, String what) {
        if (e.getCause() instanceof ClassNotFoundException unknown) {
            return notRead(unknown); // the JDK says no more than that it failed to read a class descriptor
        }
        String message = e.getMessage();
        if (message == null || !message.contains("filter status: REJECTED")) {
            return e;
        }
        return invalid(
                "the filter of the pool rejected " + what
                        + "; allow a class by ProcessPoolBuilder.filter(\"…\"), and send"
                        + " what is nested deeply in a flatter form",
                e);
    }

    static ObjectStreamException notRead(Throwable cause) {
        if (cause instanceof ClassNotFoundException) {
            return invalid(
                    "no class " + cause.getMessage() + " at the receiving end; workers have the class path of the"
                            + " program, and see no class that was made at run time or by a loader of its own",
                    cause);
        }
        return invalid("what was sent could not be deserialized: " + cause, cause);
    }

    private static InvalidObjectException invalid(String message, Throwable cause) {
        InvalidObjectException e = new InvalidObjectException(message);
        e.initCause(cause);
        return e;
    }
}
