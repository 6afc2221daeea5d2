/** Executors whose tasks run in child JVMs. Read {@code ProcessPool} first. */
@NullMarked
package dev.fleche.processes;

import org.jspecify.annotations.NullMarked;
