package dev.fleche.storage;

import java.util.Objects;

/**
 * A value storage and a call storage that were opened together, and the locks on keys that go with them.
 *
 * @param values the value storage
 * @param calls the call storage
 * @param locks the locks by which the processes that share the call storage agree who computes
 */
public record Storages(ValueStorage values, CallStorage calls, KeyLocks locks) {

    /** Creates a pair of storages with their locks. */
    public Storages {
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(calls, "calls");
        Objects.requireNonNull(locks, "locks");
    }

    /** Creates a pair of storages that no other process shares, or whose processes do not agree who computes. */
    public Storages(ValueStorage values, CallStorage calls) {
        this(values, calls, KeyLocks.none());
    }
}
