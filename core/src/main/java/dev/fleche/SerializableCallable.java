package dev.fleche;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task with a result that can be sent to another process.
 *
 * <p>A lambda or method reference given where this type is expected is serializable, as far as what it captures is.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface SerializableCallable<T extends @Nullable Object> extends Callable<T>, Serializable {}
