package dev.fleche.digest;

/**
 * A function as it enters a key: its code depends on what is met among the arguments.
 *
 * <p>Safe for use by several threads; may block on I/O the first time.
 */
@FunctionalInterface
public interface KeyFunction {

    /**
     * Returns the {@linkplain Digester#function digest of the function}.
     *
     * @param met what was met among the arguments
     */
    Digest digest(MetCode met);
}
