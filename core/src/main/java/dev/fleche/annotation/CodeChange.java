package dev.fleche.annotation;

/** What a call does whose result is there, computed by an earlier version of the function's code. */
public enum CodeChange {

    /** Runs the body: the results of other code do not count. */
    RECOMPUTE,

    /** Takes the result of the other code, and files it for the present code too. */
    ADOPT,

    /** Throws {@code CodeChangedException} before the body starts, in lenient mode too. */
    FAIL
}
