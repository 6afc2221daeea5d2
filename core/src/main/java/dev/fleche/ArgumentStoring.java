package dev.fleche;

/** Which arguments of a call are stored beside their digests, so that they can be read back from its record. */
public enum ArgumentStoring {
    /** Every argument that can be encoded, whatever its size. */
    ALL(Long.MAX_VALUE),
    /** Every argument that can be encoded in at most 16 MiB; the default. */
    BOUNDED(16L << 20),
    /** None: arguments are recorded by digest alone. */
    NONE(0);

    private final long maxBytes;

    ArgumentStoring(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the length up to which an encoded argument is stored. */
    long maxBytes() {
        return maxBytes;
    }
}
