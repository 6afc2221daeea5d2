package dev.fleche.digest;

import java.util.Map;
import java.util.Objects;

/**
 * The key of a call, and the digests of those arguments that had to be digested by themselves on the way.
 *
 * @param key the key
 * @param arguments the digests of the long arguments by their index, from 0; those that are missing stand in the key in
 *     full, and {@link Digester#digest} gives their digests cheaply
 */
public record KeyDigests(Digest key, Map<Integer, Digest> arguments) {

    /** Creates the digests of a call. */
    public KeyDigests {
        Objects.requireNonNull(key, "key");
        arguments = Map.copyOf(arguments);
    }
}
