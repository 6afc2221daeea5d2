package dev.fleche;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a call that only Java's serialisation carries; if that fails, the message says which one it is.
 *
 * <p>Immutable, but for the part itself.
 */
final class NamedObject implements Serializable {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // if it is not, writing says so
    private final @Nullable Object object;

    private final transient @Nullable UnaryOperator<String> trouble;

    /**
     * Names a part.
     *
     * @param trouble what to say if it cannot be written, given the name of the class that is not serializable
     */
    NamedObject(@Nullable Object object, UnaryOperator<String> trouble) {
        this.object = object;
        this.trouble = trouble;
    }

    @Nullable
    Object object() {
        return object;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        try {
            out.defaultWriteObject();
        } catch (NotSerializableException e) {
            String found = String.valueOf(e.getMessage());
            // one that says more than the name of a class has said it better
            if (trouble == null || found.indexOf(' ') >= 0) {
                throw e;
            }
            NotSerializableException named = new NotSerializableException(trouble.apply(found));
            named.initCause(e);
            throw named;
        }
    }
}
