package dev.fleche;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;

/**
 * A stream that makes a method reference again from what stands for it, as the JDK does when it reads one.
 *
 * <p>The class that contains the reference is asked for it by the JDK, with its own privilege.
 */
final class LambdaRebuilder extends ObjectInputStream {

    private final Class<?> home;

    private LambdaRebuilder(InputStream in, Class<?> home) throws IOException {
        super(in);
        this.home = home;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        return description.getName().equals(home.getName()) ? home : super.resolveClass(description);
    }

    /**
     * Returns the reference.
     *
     * @param home the class that contains it
     * @throws IllegalArgumentException if the class contains no such reference
     */
    static Serializable rebuild(SerializedLambda lambda, Class<?> home) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(lambda);
            }
            try (LambdaRebuilder in = new LambdaRebuilder(new ByteArrayInputStream(bytes.toByteArray()), home)) {
                in.setObjectInputFilter(SerialFilter.of(bytes.size()));
                return (Serializable) in.readObject();
            }
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            // the JDK wraps what the class says in one or the other, by its version
            throw new IllegalArgumentException(
                    "expected a reference to " + lambda.getImplMethodName() + lambda.getImplMethodSignature()
                            + " in the " + home + ", found none: " + e.getMessage()
                            + "; use the same version of the program in all processes",
                    e);
        }
    }
}
