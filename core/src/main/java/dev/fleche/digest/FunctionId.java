package dev.fleche.digest;

import java.util.List;
import java.util.Objects;

/**
 * The identity of a function in every process: declaring class, name and erased parameter types.
 *
 * <p>The receiver of an instance method is an argument, not a parameter; the result type takes no part. Immutable.
 *
 * @param className the binary name of the class that declares the referenced method, as the reference names it
 * @param methodName the method's name, {@code <init>} for a constructor, or the name given by an option
 * @param parameterTypes the names of the erased parameter types, as {@link Class#getName} gives them
 */
public record FunctionId(String className, String methodName, List<String> parameterTypes)
        implements Comparable<FunctionId> {

    /** Creates a function id. */
    public FunctionId {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(methodName, "methodName");
        parameterTypes = List.copyOf(parameterTypes);
    }

    @Override
    public int compareTo(FunctionId other) {
        return toString().compareTo(other.toString());
    }

    /** Returns the simple class name and the method name, for people to read: {@code Physics.relax}. */
    public String shortName() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + methodName;
    }

    /** Returns the whole id: {@code com.acme.Physics.relax(double,int)}. */
    @Override
    public String toString() {
        return className + "." + methodName + "(" + String.join(",", parameterTypes) + ")";
    }
}
