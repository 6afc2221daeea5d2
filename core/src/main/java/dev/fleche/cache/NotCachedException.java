package dev.fleche.cache;

/** Thrown when a call is loaded that no cache holds, or whose entry cannot be used; the message says which. */
public final class NotCachedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates an exception with a message of one line. */
    public NotCachedException(String message) {
        super(message);
    }
}
