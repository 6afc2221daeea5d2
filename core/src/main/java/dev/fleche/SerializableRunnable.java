package dev.fleche;

import java.io.Serializable;

/**
 * A task without a result that can be sent to another process.
 *
 * <p>A lambda or method reference given where this type is expected is serializable, as far as what it captures is.
 */
@FunctionalInterface
public interface SerializableRunnable extends Runnable, Serializable {}
