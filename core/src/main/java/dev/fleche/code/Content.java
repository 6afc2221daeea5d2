package dev.fleche.code;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, of which the digest alone is kept once somebody has asked for it.
 *
 * <p>A JVM that has just started takes long for a digest, and most are needed only to be kept. Safe for use by several
 * threads.
 */
final class Content {

    private byte @Nullable [] bytes;
    private @Nullable Digest digest;

    Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the SHA-256 of the bytes. */
    synchronized Digest digest() {
        if (digest == null) {
            digest = Digest.of(Sha256.create().digest(Objects.requireNonNull(bytes)));
            bytes = null;
        }
        return digest;
    }
}
