package dev.fleche.code;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash function. */
final class Sha {

    private Sha() {}

    static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
