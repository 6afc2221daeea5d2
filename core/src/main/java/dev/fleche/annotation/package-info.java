/** Annotations that declare how a function and its arguments enter a key. */
@NullMarked
package dev.fleche.annotation;

import org.jspecify.annotations.NullMarked;
