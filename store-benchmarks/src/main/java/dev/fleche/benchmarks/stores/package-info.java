/** The command that measures stores by size, each beside others that can do the same. */
@NullMarked
package dev.fleche.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
