package dev.fleche;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of no arguments, to be given as a method reference.
 *
 * <p>Serializable, so that the method behind the reference can be told. A lambda has no name that lasts and needs
 * {@link Option#name}; any other object is refused.
 *
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface Fn0<R extends @Nullable Object> extends Serializable {

    /**
     * Calls the function.
     *
     * @return the result, which may be null
     * @throws Exception whatever the function throws
     */
    R call() throws Exception;
}
