package dev.fleche.processes;

/**
 * The failure of a {@code map} because its function threw for one of the elements.
 *
 * <p>The cause is what the function threw, or what happened to the worker.
 */
public final class ElementFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long index;

    ElementFailedException(String message, long index, Throwable cause) {
        super(message, cause);
        this.index = index;
    }

    /** Returns the index of the element, from 0; of the first one of its chunk if it is not known which one failed. */
    public long index() {
        return index;
    }
}
