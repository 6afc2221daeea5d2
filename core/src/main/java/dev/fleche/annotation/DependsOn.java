package dev.fleche.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names classes whose code enters the keys of a function although no analysis can see that it runs.
 *
 * <p>For what is reached by reflection, by {@link java.util.ServiceLoader}, by a container or a script. All methods of
 * the named classes count, and what these reach. Takes effect with {@link CodeKey#TRANSITIVE}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface DependsOn {

    /** Returns the classes. */
    Class<?>[] value();
}
