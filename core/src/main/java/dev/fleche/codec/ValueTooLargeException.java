package dev.fleche.codec;

/** Thrown when the stored encoding of a value would be longer than was asked for. */
public final class ValueTooLargeException extends CodecException {

    private static final long serialVersionUID = 1;

    ValueTooLargeException(long maxBytes) {
        super("expected a value of at most " + maxBytes + " encoded bytes, found a larger one");
    }
}
