package dev.fleche.digest;

/**
 * Thrown when the components of a record cannot be read or its constructor not be called because its module is closed.
 *
 * <p>The message names the type and the remedy, {@code Fleche.access}.
 */
public final class InaccessibleTypeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InaccessibleTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
