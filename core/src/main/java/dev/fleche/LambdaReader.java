package dev.fleche;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A stream that writes nothing, and keeps what a lambda or method reference would be serialised as.
 *
 * <p>The stream calls {@code writeReplace} with the JDK's own privilege. Reflection would need the module of the lambda
 * to be open to us. Nothing captured is written, so captured objects need not be serializable.
 */
final class LambdaReader extends ObjectOutputStream {

    private @Nullable SerializedLambda found;

    private LambdaReader() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (object instanceof SerializedLambda lambda) {
            found = lambda;
        }
        return null;
    }

    /** Returns what stands for {@code function} when it is serialised, or null if it is no lambda. */
    static @Nullable SerializedLambda read(Serializable function) {
        // the JDK's lambdas are synthetic; the writeReplace of any other class is not ours to run
        if (!function.getClass().isSynthetic()) {
            return null;
        }
        try (LambdaReader reader = new LambdaReader()) {
            reader.writeObject(function);
            return reader.found;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the reference " + function.getClass().getName() + " cannot be read: " + e.getMessage()
                            + "; pass a method reference",
                    e);
        }
    }
}
