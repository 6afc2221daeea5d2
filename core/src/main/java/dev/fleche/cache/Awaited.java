package dev.fleche.cache;

import org.jspecify.annotations.Nullable;

/** A flight for which a thread waits. */
abstract class Awaited {

    /** Returns the end for which the thread waits. */
    abstract Landing landing();

    /** Returns the thread that works on it, if there is one at present. */
    abstract @Nullable Thread owner();
}
