package dev.fleche.record;

import dev.fleche.digest.Digest;
import java.util.Objects;

/**
 * An argument as it stands in a call record.
 *
 * @param name the parameter's name, {@code this} for a receiver, {@code arg0} and so on where the name is unknown;
 *     never part of a key
 * @param digest the digest of the argument as it was before the body ran
 * @param value where its value is
 */
public record RecordedArgument(String name, Digest digest, StoredValue value) {

    /** Creates an argument of a call record. */
    public RecordedArgument {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(value, "value");
    }
}
