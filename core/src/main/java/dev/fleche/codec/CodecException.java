package dev.fleche.codec;

/** Thrown when a value cannot be encoded, or bytes cannot be decoded. */
public class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates an exception with a message of one line. */
    public CodecException(String message) {
        super(message);
    }

    /** Creates an exception with a message of one line and its cause. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
