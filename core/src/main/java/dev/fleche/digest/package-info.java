/** Digests: the canonical encoding of values and calls, and the keys made of it. */
@NullMarked
package dev.fleche.digest;

import org.jspecify.annotations.NullMarked;
