package dev.fleche.digest;

import org.jspecify.annotations.Nullable;

/**
 * An object that states its own content, so that it can be an argument of a memoised function.
 *
 * <p>The digest is made of the class's name and the content. Two objects of one class whose contents have equal digests
 * are interchangeable as arguments.
 */
public interface Digestible {

    /**
     * Returns the content that identifies this object: any digestible value, such as a record, a list or a string.
     *
     * <p>Must be the same for equal objects in every process, and must differ where a function could tell two objects
     * apart. Called on the caller's thread each time a key is made.
     */
    @Nullable
    Object digestKey();
}
