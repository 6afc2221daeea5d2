/**
 * Caches: a value storage and a call storage together, what happens between a miss and its commit, and single flight.
 */
@NullMarked
package dev.fleche.cache;

import org.jspecify.annotations.NullMarked;
