/** Call records: what is remembered of a call, its stored form, and queries over many of them. */
@NullMarked
package dev.fleche.record;

import org.jspecify.annotations.NullMarked;
