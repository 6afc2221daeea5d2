package dev.fleche.benchmarks;

/**
 * The times of one benchmark.
 *
 * @param clock the times by the clock
 * @param cpu the processor time of the measuring thread
 */
record Times(Samples clock, Samples cpu) {

    Times() {
        this(new Samples(), new Samples());
    }
}
