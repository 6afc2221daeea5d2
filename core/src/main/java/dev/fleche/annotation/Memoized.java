package dev.fleche.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States how calls of a method are keyed and stored; read by {@code Fleche.of}.
 *
 * <p>Carries the same choices as {@code Option}; an option given to {@code Fleche.of} wins over the annotation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Memoized {

    /** Returns the version that enters the key; empty for none. Any change makes older entries unreachable. */
    String version() default "";

    /** Returns the name that stands for the method's own name in the function id; empty for the method's own. */
    String name() default "";

    /** Returns the records and enums that stored values may contain beyond those that the signature reaches. */
    Class<?>[] allow() default {};

    /** Returns whether trouble with caching throws instead of running the body uncached. */
    boolean strict() default false;

    /** Returns whether the receiver is left out of the key. */
    boolean ignoreReceiver() default false;

    /** Returns whether a result that is or contains a {@code Path} or {@code File} is stored by name. */
    boolean pathsByName() default false;

    /** Returns how much of the function's code enters the key. */
    CodeKey codeKey() default CodeKey.TRANSITIVE;

    /** Returns what a call does whose result is there, computed by other code. */
    CodeChange onCodeChange() default CodeChange.RECOMPUTE;

    /** Returns whether the versions of libraries that the code calls are left out of the key. */
    boolean withoutLibraries() default false;
}
