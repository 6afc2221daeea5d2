package dev.fleche;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument, to be given as a method reference.
 *
 * <p>Serializable, so that the method behind the reference can be told. A lambda has no name that lasts and needs
 * {@link Option#name}; any other object is refused.
 *
 * @param <A> the type of the only argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface Fn1<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /**
     * Calls the function.
     *
     * @param a the only argument
     * @return the result, which may be null
     * @throws Exception whatever the function throws
     */
    R call(A a) throws Exception;
}
