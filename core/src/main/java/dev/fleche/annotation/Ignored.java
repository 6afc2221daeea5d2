package dev.fleche.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves a parameter, a record component or a whole receiver class out of the key.
 *
 * <p>An ignored argument reaches the body unchanged, takes no part in the key and is not recorded. Two calls that
 * differ only in ignored arguments are one call. On a class, the annotation leaves receivers of that class out, as
 * {@code Option.ignoreReceiver()} does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Ignored {}
