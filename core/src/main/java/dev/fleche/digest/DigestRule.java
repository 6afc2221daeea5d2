package dev.fleche.digest;

import org.jspecify.annotations.Nullable;

/**
 * A rule that states the content of values of a type that is not one's own.
 *
 * <p>Registered by {@code Fleche.register} or as a {@link java.util.ServiceLoader} provider of this interface. Name,
 * version and the class of the value enter the encoding: a change of what {@link #contentOf} returns needs another
 * {@link #version}. A rule for a class or interface holds for its subtypes too; the nearest type wins, and two rules
 * that are equally near make a value indigestible. Types that the encoding knows by itself (the JDK's value types and
 * collections, records, enums) cannot be given a rule unless they are records or enums of one's own.
 *
 * @param <T> the type of the values
 */
public interface DigestRule<T> {

    /** Returns the type whose values this rule covers. */
    Class<T> type();

    /** Returns the rule's stable name, for example {@code com.acme.matrix}; not empty. */
    String name();

    /** Returns the version of what {@link #contentOf} returns. */
    int version();

    /**
     * Returns the content that identifies {@code value}: any digestible value.
     *
     * <p>Must satisfy what {@link Digestible#digestKey} demands. Called by several threads.
     */
    @Nullable
    Object contentOf(T value);
}
