package dev.fleche.digest;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The encoding of the names of classes, components and constants: two bytes of length, little-endian, and modified
 * UTF-8.
 *
 * <p>Class files hold names in the same form (The Java Virtual Machine Specification, 4.4.7), so that every name has an
 * encoding and no two names share one.
 */
final class Names {

    private Names() {}

    static byte[] encode(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 + name.length());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(name);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "expected a name of at most 65535 bytes, found " + name.length() + " characters", e);
        }
        byte[] encoded = bytes.toByteArray();
        byte high = encoded[0];
        encoded[0] = encoded[1];
        encoded[1] = high;
        return encoded;
    }
}
