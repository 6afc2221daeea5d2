/** Measurements of what Fleche costs, each beside the bare operation that bounds it. */
package dev.fleche.benchmarks;
