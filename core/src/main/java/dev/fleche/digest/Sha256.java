package dev.fleche.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash function: SHA-256, FIPS 180-4. Safe for use by several threads. */
public final class Sha256 {

    /** Never used itself: a copy is made faster than a new one is found. */
    private static final MessageDigest FRESH = find();

    private Sha256() {}

    /** Returns one that nothing was added to. */
    public static MessageDigest create() {
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
