package dev.fleche.digest;

import java.util.Objects;

/**
 * The address of a value: the SHA-256 of its stored encoding.
 *
 * <p>Storages keep and check values by their address. It says which bytes were stored, where a {@link Digest} says
 * which content was meant; the two are never equal. Immutable.
 *
 * @param sha256 the 32 bytes
 */
public record Address(Digest sha256) implements Comparable<Address> {

    /** Creates an address. */
    public Address {
        Objects.requireNonNull(sha256, "sha256");
    }

    /**
     * Returns the address written as 64 hex characters.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static Address parse(String hex) {
        return new Address(Digest.parse(hex));
    }

    @Override
    public int compareTo(Address other) {
        return sha256.compareTo(other.sha256);
    }

    /** Returns all 64 hex characters, in lower case. */
    @Override
    public String toString() {
        return sha256.toString();
    }
}
