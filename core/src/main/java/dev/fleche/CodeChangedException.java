package dev.fleche;

/**
 * A call that is to fail because its result is there, computed by other code.
 *
 * <p>Thrown before the body starts, in lenient mode too, by functions with {@code CodeChange.FAIL}. The message names
 * the function, the key, what changed and the ways out.
 */
public final class CodeChangedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CodeChangedException(String message) {
        super(message);
    }
}
