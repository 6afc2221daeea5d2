package dev.fleche.digest;

import java.util.Optional;

/** A way to recognise functions (method references, named lambdas, memos) among values. */
@FunctionalInterface
public interface FunctionReferences {

    /**
     * Returns what of the function enters a digest, or nothing if {@code value} is not a function.
     *
     * @throws UndigestibleException if it is a function without an identity, with the remedy
     */
    Optional<FunctionReference> find(Object value);
}
