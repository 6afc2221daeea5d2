package dev.fleche.record;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;

/**
 * A way to load the values that records refer to.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface ValueLoader {

    /**
     * Loads the value at {@code address}; what cannot be loaded is a miss, not an exception.
     *
     * <p>May block on I/O.
     */
    Lookup<Value> load(Address address);
}
