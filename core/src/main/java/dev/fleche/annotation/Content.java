package dev.fleche.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Digests a {@code Path} or {@code File} by the content of the file instead of by its name.
 *
 * <p>Allowed on parameters and record components whose declared type is {@code Path} or {@code File}. The file is read
 * when the key is made, before the body runs. A directory is digested by the names and contents of everything below it.
 * A file that does not exist makes the call uncached, with one warning.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Content {}
