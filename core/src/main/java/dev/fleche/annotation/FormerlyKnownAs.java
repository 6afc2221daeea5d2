package dev.fleche.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the ids that a renamed or moved method had before, so that it keeps its entries.
 *
 * <p>A call that has no entry under the present id is looked up under the former ones, in their order, and what is
 * found is filed under the present id too.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface FormerlyKnownAs {

    /** Returns the former ids, such as {@code "com.acme.Physics.relax(double,int)"}. */
    String[] value();
}
