package dev.fleche;

import dev.fleche.code.CodeManifest;
import dev.fleche.code.ReachedCode;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The code that calls of a function reach, and its digests. Immutable.
 *
 * <p>A code digest is the address of the manifest as a stored value, so that it leads to the manifest.
 *
 * @param reached the code
 * @param digest the digest of all that is reached; it stands in records whatever enters keys
 * @param function the digest of the function with what of the code enters keys
 */
record CallCode(ReachedCode reached, Digest digest, Digest function) {

    /** Manifests are stored as byte arrays. */
    private static final TypeContext BYTES = TypeContext.of(null, List.of(byte[].class), List.of());

    /** Returns the digest of the code that a manifest lists. */
    static Digest digest(CodeManifest manifest) {
        return value(manifest).address().sha256();
    }

    /** Returns a manifest as it is stored. */
    static Value value(CodeManifest manifest) {
        return Codecs.standard().encode(manifest.toBytes(), BYTES, Integer.MAX_VALUE);
    }

    /** Returns the manifest that was stored as {@code value}; empty if it is damaged, or no manifest. */
    static Optional<CodeManifest> manifest(@Nullable Object value) {
        return value instanceof byte[] bytes ? CodeManifest.parse(bytes) : Optional.empty();
    }

    /** Returns the types that a stored manifest may contain. */
    static TypeContext manifestContext() {
        return BYTES;
    }
}
