package dev.fleche.code;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash function. */
final class Sha {

    /** Never used itself: a copy is made faster than a new one is found. */
    private static final MessageDigest FRESH = find();

    private Sha() {}

    /** Returns one that nothing was added to. */
    static MessageDigest create() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            // of a provider whose digests cannot be copied
            return find();
        }
    }

    private static MessageDigest find() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
