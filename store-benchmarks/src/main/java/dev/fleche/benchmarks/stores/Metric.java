package dev.fleche.benchmarks.stores;

/** What is measured of a store of some size. */
enum Metric {
    /** Storing one entry among many, until the store has its size. */
    FILL_MICROS,
    /** What the store then takes on disk. */
    DISK_BYTES,
    /** Opening it and reading one entry, in a process that does nothing else before. */
    OPEN_MILLIS,
    /** The same later in the process. */
    REOPEN_MILLIS,
    /** Reading a random entry. */
    GET_NANOS,
    /** The processor time of it. */
    GET_CPU_NANOS,
    /** Looking for an entry that is not there. */
    MISS_NANOS,
    /** Storing one entry so that it survives the end of the process. */
    PUT_MICROS,
    /** Storing one entry so that it survives the loss of power. */
    DURABLE_MICROS,
    /** A memoised call that is found. */
    HIT_NANOS,
    /** The processor time of it. */
    HIT_CPU_NANOS,
    /** A memoised call that is not found, and stored. */
    CALL_MICROS,
    /** Finding the one record with a given argument. */
    QUERY_MILLIS
}
