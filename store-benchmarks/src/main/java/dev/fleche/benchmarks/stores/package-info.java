/** The command that measures stores by size, each beside others that can do the same. */
@org.jspecify.annotations.NullMarked
package dev.fleche.benchmarks.stores;
