/** The code that a function can reach, and its digest. */
@NullMarked
package dev.fleche.code;

import org.jspecify.annotations.NullMarked;
