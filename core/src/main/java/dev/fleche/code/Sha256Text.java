package dev.fleche.code;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A text whose parts cannot run into each other, and its digest. Not thread-safe. */
final class Sha256Text {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Sha256Text add(Digest digest) {
        bytes.writeBytes(digest.toBytes());
        return this;
    }

    Sha256Text add(int number) {
        try {
            out.writeInt(number);
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail", e);
        }
        return this;
    }

    /** Adds the number of the text's UTF-16 units, and these. */
    Sha256Text add(String text) {
        add(text.length());
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_16BE));
        return this;
    }

    /** Returns the digest of all that was added. */
    Digest digest() {
        return Digest.of(Sha256.create().digest(bytes.toByteArray()));
    }
}
