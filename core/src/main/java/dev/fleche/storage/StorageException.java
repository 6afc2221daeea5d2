package dev.fleche.storage;

/** Thrown when a storage cannot do what it was asked: an I/O fault, a full disk, a refusal, a foreign format. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates an exception with a message of one line. */
    public StorageException(String message) {
        super(message);
    }

    /** Creates an exception with a message of one line and its cause. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
