package dev.fleche.annotation;

/** How much of the code of a function enters the keys of its calls. */
public enum CodeKey {

    /**
     * All code of the user that the function can reach, and the versions of the libraries that it calls directly: an
     * edited helper never leads to a stale result.
     */
    TRANSITIVE,

    /** The code of the function's own method, with its lambdas; not what it calls. */
    METHOD,

    /** No code: {@link Memoized#version} alone says that results have changed. */
    NONE
}
