package dev.fleche.storage;

import java.util.Objects;

/**
 * A value storage and a call storage that were opened together, and what goes with them.
 *
 * @param values the value storage
 * @param calls the call storage
 * @param locks the locks by which the processes that share the call storage agree who computes
 * @param upkeep the care for what is not an entry
 */
public record Storages(ValueStorage values, CallStorage calls, KeyLocks locks, Upkeep upkeep) {

    /** Creates a pair of storages with their locks and their upkeep. */
    public Storages {
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(calls, "calls");
        Objects.requireNonNull(locks, "locks");
        Objects.requireNonNull(upkeep, "upkeep");
    }

    /**
     * Creates a pair of storages that have nothing but their entries, and that no other process shares or whose
     * processes do not agree who computes.
     */
    public Storages(ValueStorage values, CallStorage calls) {
        this(values, calls, KeyLocks.none(), Upkeep.none());
    }
}
