package dev.fleche.digest;

/**
 * Thrown when a value has no digest.
 *
 * <p>The message names the path to the value, its class and the remedy.
 */
public final class UndigestibleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates an exception with a message of one line. */
    public UndigestibleException(String message) {
        super(message);
    }

    /** Creates an exception with a message of one line and its cause. */
    public UndigestibleException(String message, Throwable cause) {
        super(message, cause);
    }
}
