package dev.fleche.code;

/** Tells that a class file cannot be read: it is newer than the reader knows, or broken. */
final class ClassFileException extends Exception {

    private static final long serialVersionUID = 1L;

    ClassFileException(String message) {
        super(message);
    }

    ClassFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
