package dev.fleche.storage;

import java.util.Objects;

/**
 * A value storage and a call storage that were opened together.
 *
 * @param values the value storage
 * @param calls the call storage
 */
public record Storages(ValueStorage values, CallStorage calls) {

    /** Creates a pair of storages. */
    public Storages {
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(calls, "calls");
    }
}
